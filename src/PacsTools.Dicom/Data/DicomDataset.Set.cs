using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Data;

/// <content>Setting values. The value representation is the dictionary's unless it is given.</content>
public sealed partial class DicomDataset
{
    /// <summary>Sets text values, or numbers and tags given as text. No values, or null, make the element empty.</summary>
    /// <exception cref="DicomDataException">The element does not hold text, or not such a number.</exception>
    public void SetString(DicomTag tag, params string?[]? values) => SetString(tag, DictionaryVR.ForKnown(tag), values);

    /// <summary>
    /// Sets text values of a given representation. Text is encoded when it is written, in the character set the data set has then.
    /// </summary>
    /// <exception cref="DicomDataException">The representation does not hold text, or not such a number.</exception>
    public void SetString(DicomTag tag, DicomVR vr, params string?[]? values)
    {
        string[] texts = values is null ? [] : Array.ConvertAll(values, text => text ?? "");
        if (texts is [""]) texts = [];
        if (vr.IsText()) Set(DicomElement.OfText(tag, vr, texts));
        else if (texts.Length == 0) SetEmpty(tag, vr);
        else if (vr == DicomVR.UN) Set(new DicomElement(tag, vr, TextCodec.Encode(texts, vr, tag, this)));
        else SetBytes(tag, vr, NumberCodec.FromText(texts, vr, tag));
    }

    /// <summary>Sets an element without a value, such as a universal matching key (PS3.4 C.2.2.2.3).</summary>
    public void SetEmpty(DicomTag tag) => SetEmpty(tag, DictionaryVR.ForKnown(tag));

    /// <summary>Sets an element without a value.</summary>
    public void SetEmpty(DicomTag tag, DicomVR vr) =>
        Set(vr == DicomVR.SQ ? DicomElement.OfItems(tag) : new DicomElement(tag, vr, default(ReadOnlyMemory<byte>)));

    /// <summary>Sets a value of bytes in little endian, which are not copied.</summary>
    public void SetBytes(DicomTag tag, DicomVR vr, ReadOnlyMemory<byte> value) => Set(new DicomElement(tag, vr, value));

    /// <summary>Sets the items of a sequence. An item of another data set is copied.</summary>
    public void SetItems(DicomTag tag, params DicomDataset[] items) => Set(DicomElement.OfItems(tag, items));

    /// <summary>Sets numbers as US, whatever the dictionary says of the tag.</summary>
    public void SetUInt16(DicomTag tag, params ushort[] values) => SetBytes(tag, DicomVR.US, NumberCodec.ToBytes<ushort>(values));

    /// <summary>Sets numbers as SS.</summary>
    public void SetInt16(DicomTag tag, params short[] values) => SetBytes(tag, DicomVR.SS, NumberCodec.ToBytes<short>(values));

    /// <summary>Sets numbers as UL.</summary>
    public void SetUInt32(DicomTag tag, params uint[] values) => SetBytes(tag, DicomVR.UL, NumberCodec.ToBytes<uint>(values));

    /// <summary>Sets numbers as the dictionary says: SL, or the text of IS or DS.</summary>
    public void SetInt32(DicomTag tag, params int[] values) => SetNumbers(tag, DicomVR.SL, values);

    /// <summary>Sets numbers as the dictionary says: FD or FL, or the text of DS with at most its 16 characters.</summary>
    public void SetDouble(DicomTag tag, params double[] values) => SetNumbers(tag, DicomVR.FD, values);

    /// <summary>Sets tags as AT.</summary>
    public void SetTags(DicomTag tag, params DicomTag[] values) => SetBytes(tag, DicomVR.AT, NumberCodec.FromTags(values));

    /// <summary>Sets a date as DA.</summary>
    public void SetDate(DicomTag tag, DateTime date) => SetString(tag, DicomVR.DA, DateTimeCodec.FromDate(date));

    private void SetNumbers<T>(DicomTag tag, DicomVR otherwise, T[] values)
        where T : IFormattable
    {
        DicomVR known = DictionaryVR.ForKnown(tag);
        SetString(tag, known == DicomVR.UN ? otherwise : known, Array.ConvertAll(values, value => NumberCodec.ToDecimalString(value, known)));
    }
}
