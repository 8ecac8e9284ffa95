using FsCheck;
using FsCheck.Fluent;
using PacsTools.Dicom.Data;

namespace PacsTools.Dicom.Tests.Encodings;

/// <summary>Data sets of every VR, nested, with and without private elements and text outside ASCII.</summary>
internal static class DatasetGenerator
{
    private static readonly DicomVR[] s_text = [.. Enum.GetValues<DicomVR>().Where(vr => vr.IsText())];
    private static readonly DicomVR[] s_binary = [.. Enum.GetValues<DicomVR>().Where(vr => vr.IsBinary())];
    private static readonly DicomTag[] s_known =
    [
        DicomTags.PatientName, DicomTags.PatientID, DicomTags.StudyDate, DicomTags.StudyTime, DicomTags.Modality, DicomTags.Rows,
        DicomTags.StudyInstanceUID, DicomTags.InstanceNumber, DicomTags.SliceThickness, DicomTags.FrameIncrementPointer,
    ];

    internal static Arbitrary<DicomDataset> Datasets => Of(3).Select(dataset =>
    {
        dataset.SetString(DicomTags.SpecificCharacterSet, "ISO_IR 192");
        return dataset;
    }).ToArbitrary();

    private static Gen<DicomDataset> Of(int depth) =>
        from elements in Element(depth).ListOf().Resize(12)
        select Fill(elements);

    private static Gen<DicomElement> Element(int depth) => depth == 0
        ? Gen.OneOf(Text, Binary, Known)
        : Gen.Frequency((3, Text), (3, Binary), (3, Known), (1, Sequence(depth)));

    private static Gen<DicomTag> PrivateTag =>
        from element in Gen.Choose(0x1000, 0x10FF)
        select new DicomTag(0x0009, (ushort)element);

    private static Gen<DicomElement> Text =>
        from tag in PrivateTag
        from vr in Gen.Elements(s_text)
        from values in TextValue(vr).ListOf().Resize(4)
        select DicomElement.OfText(tag, vr, [.. vr.SplitsOnBackslash() ? values : values.Take(1)]);

    private static Gen<DicomElement> Binary =>
        from tag in PrivateTag
        from vr in Gen.Elements(s_binary)
        from bytes in Gen.Choose(0, 255).Select(b => (byte)b).ListOf().Resize(40)
        select new DicomElement(tag, vr, bytes.Take(bytes.Count / 8 * 8).ToArray());

    // As the dictionary has it, so that implicit VR reads back the same.
    private static Gen<DicomElement> Known =>
        from tag in Gen.Elements(s_known)
        from number in Gen.Choose(0, 65535)
        select MakeKnown(tag, number);

    private static Gen<DicomElement> Sequence(int depth) =>
        from items in Of(depth - 1).ListOf().Resize(3)
        select DicomElement.OfItems(DicomTags.ReferencedStudySequence, [.. items]);

    private static Gen<string> TextValue(DicomVR vr) =>
        from letters in Gen.Elements((vr.UsesCharacterSet() ? "abcXYZ 0189äñжΩ日本-_" : "ABCXYZ0189._").ToCharArray()).ListOf().Resize(20)
        select new string([.. letters]).Trim();

    private static DicomElement MakeKnown(DicomTag tag, int number)
    {
        var dataset = new DicomDataset();
        string text = number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        dataset.SetString(tag, tag == DicomTags.FrameIncrementPointer ? "0018,1063" : text);
        DicomElement element = dataset[tag]!;
        return element.VR.IsText() ? DicomElement.OfText(tag, element.VR, text) : new DicomElement(tag, element.VR, element.Value);
    }

    private static DicomDataset Fill(IEnumerable<DicomElement> elements)
    {
        var dataset = new DicomDataset();
        foreach (DicomElement element in elements) dataset.Set(element);
        return dataset;
    }
}
