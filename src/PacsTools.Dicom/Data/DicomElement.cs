using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Data;

/// <summary>
/// One data element (PS3.5 7.1): a tag, a value representation and a value, which is bytes, items, or the fragments of
/// encapsulated pixel data. Elements do not change; the text of a value is decoded on first use and kept.
/// </summary>
public sealed class DicomElement
{
    private readonly bool _isText;
    private ReadOnlyMemory<byte> _value;
    private bool _hasValue;

    // DicomDataset[]: items. ReadOnlyMemory<byte>[]: fragments. DeferredValue: left in the file. string or string[]: the
    // text of the value, decoded. One reference, so that readers on several threads see it whole or not at all.
    private object? _content;

    /// <summary>Creates an element of its bytes, in little endian. The bytes are not copied.</summary>
    public DicomElement(DicomTag tag, DicomVR vr, ReadOnlyMemory<byte> value)
    {
        Tag = tag;
        VR = vr;
        _value = value;
        _hasValue = true;
    }

    private DicomElement(DicomTag tag, DicomVR vr, object? content, bool isText = false)
    {
        Tag = tag;
        VR = vr;
        _content = content;
        _isText = isText;
    }

    /// <summary>The tag.</summary>
    public DicomTag Tag { get; }

    /// <summary>The value representation as read or set; UN where it is not known.</summary>
    public DicomVR VR { get; }

    /// <summary>
    /// The bytes of the value, in little endian whatever the transfer syntax was, with their padding as it was read; empty for
    /// items, fragments and deferred values. Text which was set is encoded in the data set's character set.
    /// </summary>
    /// <exception cref="DicomDataException">The character set cannot represent text which was set.</exception>
    public ReadOnlyMemory<byte> Value => _isText && !Volatile.Read(ref _hasValue) ? EncodeText() : _value;

    /// <summary>The items of a sequence; null if this is none.</summary>
    public IReadOnlyList<DicomDataset>? Items => ItemArray;

    /// <summary>The fragments of encapsulated pixel data, the basic offset table first (PS3.5 A.4); null if this is none.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>>? Fragments => _content as ReadOnlyMemory<byte>[];

    /// <summary>Bytes of the value without its header; -1 where it is undefined: items, fragments, deferred encapsulated pixel data.</summary>
    public long Length => _content switch
    {
        DicomDataset[] or ReadOnlyMemory<byte>[] => -1,
        DeferredValue deferred => deferred.Length,
        _ => Value.Length,
    };

    /// <summary>True if the value was left in the file: see <see cref="ValueOffset"/>.</summary>
    public bool IsDeferred => _content is DeferredValue;

    /// <summary>Offset in bytes of a deferred value from the start of the file; -1 if the value is here.</summary>
    public long ValueOffset => _content is DeferredValue deferred ? deferred.Offset : -1;

    /// <summary>True if there is no value: no bytes, no items, no fragments.</summary>
    public bool IsEmpty => _content switch
    {
        DicomDataset[] items => items.Length == 0,
        ReadOnlyMemory<byte>[] fragments => fragments.Length == 0,
        DeferredValue deferred => deferred.Length == 0,
        _ => Value.IsEmpty,
    };

    /// <summary>The data set this element is in; it gives the character set.</summary>
    internal DicomDataset? Owner { get; private set; }

    internal DicomDataset[]? ItemArray => _content as DicomDataset[];

    /// <summary>
    /// What the value is read as: the dictionary's representation for a public tag which came as UN (PS3.5 6.2.2). The character set's
    /// own name must never need a character set, whatever representation a peer gave it.
    /// </summary>
    internal DicomVR EffectiveVR => Tag == DicomTags.SpecificCharacterSet ? DicomVR.CS : VR == DicomVR.UN ? DictionaryVR.ForKnown(Tag) : VR;

    /// <summary>Creates a sequence. The items become part of the data set the element is put in.</summary>
    public static DicomElement OfItems(DicomTag tag, params DicomDataset[] items) => new(tag, DicomVR.SQ, items);

    /// <summary>Creates encapsulated pixel data of its fragments, the basic offset table (which may be empty) first.</summary>
    public static DicomElement OfFragments(DicomTag tag, params ReadOnlyMemory<byte>[] fragments) => new(tag, DicomVR.OB, fragments);

    /// <summary>
    /// Creates an element of text, which is encoded when it is written, in the character set of the data set it is in then.
    /// </summary>
    /// <exception cref="ArgumentException">The value representation does not hold text.</exception>
    public static DicomElement OfText(DicomTag tag, DicomVR vr, params string[] values)
    {
        if (!vr.IsText()) throw new ArgumentException($"{vr.ToCode()} does not hold text.", nameof(vr));
        return new DicomElement(tag, vr, values.Length == 1 ? values[0] : (object)values, isText: true);
    }

    /// <summary>The tag, the value representation and the length; never the value, which may be a patient's.</summary>
    public override string ToString() => $"{Tag} {VR.ToCode()} {(Items is { } items ? $"{items.Count} items" : $"{Length} bytes")}";

    internal static DicomElement OfDeferred(DicomTag tag, DicomVR vr, long offset, long length) =>
        new(tag, vr, new DeferredValue(offset, length));

    internal static DicomElement OfFragments(DicomTag tag, DicomVR vr, ReadOnlyMemory<byte>[] fragments) => new(tag, vr, fragments);

    /// <summary>Puts this element into a data set; one which is already in another is copied.</summary>
    internal DicomElement In(DicomDataset owner)
    {
        if (Owner == owner) return this;
        DicomElement element = Owner is null ? this : Copy(owner);
        element.Owner = owner;
        if (element._content is DicomDataset[] items) element._content = Array.ConvertAll(items, item => item.Under(owner));
        return element;
    }

    /// <summary>The values as text, decoded and without padding: one string or an array of them.</summary>
    internal object Text()
    {
        object? content = _content;
        if (content is string or string[]) return content;
        if (content is not null) return Array.Empty<string>();
        object text = TextCodec.Decode(_value.Span, EffectiveVR, Owner);
        _content = text;
        return text;
    }

    /// <summary>Forgets what depended on the character set, since that has changed.</summary>
    internal void ForgetCharacterSet()
    {
        if (_isText)
        {
            _hasValue = false;
            _value = default;
        }
        else if (_content is string or string[])
        {
            _content = null;
        }
        else if (_content is DicomDataset[] items)
        {
            foreach (DicomDataset item in items) item.ForgetCharacterSet();
        }
    }

    // Bytes mean what the character set they came with says, so text goes over as text where the sets differ.
    private DicomElement Copy(DicomDataset target)
    {
        if (_content is DicomDataset[] or ReadOnlyMemory<byte>[] or DeferredValue || _isText) return new DicomElement(Tag, VR, _content, _isText);
        bool bytesWillDo = !VR.UsesCharacterSet() || ReferenceEquals(Owner!.CharacterSet, target.CharacterSet) || TextCodec.IsPlainAscii(_value.Span);
        return bytesWillDo ? new DicomElement(Tag, VR, _value) : new DicomElement(Tag, VR, Text(), isText: true);
    }

    private ReadOnlyMemory<byte> EncodeText()
    {
        ReadOnlyMemory<byte> value = TextCodec.Encode(_content!, VR, Tag, Owner);
        _value = value;
        Volatile.Write(ref _hasValue, true);
        return value;
    }

    private sealed record DeferredValue(long Offset, long Length);
}
