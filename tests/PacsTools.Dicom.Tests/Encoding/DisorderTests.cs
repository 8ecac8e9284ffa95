using System.Buffers.Binary;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Json;

namespace PacsTools.Dicom.Tests.Encodings;

/// <summary>
/// Elements in any order but that of their tags. The numbers are such that moving all elements for each one would take minutes; nothing here measures time.
/// </summary>
public class DisorderTests
{
    private const int Count = 400_000;

    [Fact]
    public void Very_many_elements_in_descending_order_are_read_and_put_in_order()
    {
        byte[] bytes = new byte[8 * Count];
        for (int i = 0; i < Count; i++) WriteTag(bytes.AsSpan(8 * i), TagAt(Count - 1 - i));

        DicomDataset dataset = DatasetReader.Read(bytes, TransferSyntax.ImplicitVRLittleEndian);

        Assert.Equal(Count, dataset.Count);
        Assert.Equal(Enumerable.Range(0, Count).Select(TagAt), dataset.Select(e => e.Tag));
        Assert.True(dataset.Contains(TagAt(Count / 2)));
        Assert.False(dataset.Contains(new DicomTag(0x0010, 0x0010)));
    }

    [Fact]
    public void Very_many_attributes_in_descending_order_are_read_from_JSON()
    {
        var json = new System.Text.StringBuilder("{");
        for (int i = Count - 1; i >= 0; i--) json.Append('"').Append(TagAt(i).Value.ToString("X8", System.Globalization.CultureInfo.InvariantCulture)).Append(i == 0 ? "\":null}" : "\":null,");

        DicomDataset dataset = DicomJsonReader.Read(System.Text.Encoding.ASCII.GetBytes(json.ToString()));

        // Group lengths (gggg,0000) are not part of the model.
        Assert.Equal(Enumerable.Range(0, Count).Select(TagAt).Where(t => t.Element != 0), dataset.Select(e => e.Tag));
    }

    [Fact]
    public void What_is_needed_while_reading_is_found_in_disorder_and_the_first_of_two_counts()
    {
        // Pixel Representation decides on the VR of what comes later, and here it stands behind very much that is greater.
        var bytes = new List<byte>();
        for (int i = 200; i > 0; i--) bytes.AddRange(Element(TagAt(i), [(byte)i, 0]));
        bytes.AddRange(Element(new DicomTag(0x0028, 0x0103), [1, 0]));
        bytes.AddRange(Element(new DicomTag(0x0028, 0x0106), [0xFF, 0xFF]));
        bytes.AddRange(Element(TagAt(150), [9, 9]));
        var problems = new List<DatasetProblem>();

        DicomDataset dataset = DatasetReader.Read(bytes.ToArray(), TransferSyntax.ImplicitVRLittleEndian, new DatasetReadOptions { Problems = problems });

        Assert.Equal(-1, dataset.GetInt32(new DicomTag(0x0028, 0x0106)));
        Assert.Equal(new byte[] { 150, 0 }, dataset[TagAt(150)]!.Value.ToArray());
        Assert.Contains(problems, p => p.Message.Contains("twice", StringComparison.Ordinal));
        Assert.Equal(dataset.Select(e => e.Tag).Order(), dataset.Select(e => e.Tag));
        dataset.SetString(TagAt(150), DicomVR.LO, "changed");
        Assert.True(dataset.Remove(TagAt(151)));
        Assert.Equal(("changed", 201), (dataset.GetString(TagAt(150)), dataset.Count));
    }

    [Fact]
    public void What_was_read_before_an_error_is_in_order_too()
    {
        var bytes = new List<byte>();
        for (int i = 200; i > 0; i--) bytes.AddRange(Element(TagAt(i), [1, 0]));
        bytes.AddRange([0x09, 0x00, 0x01]);

        DicomDataset dataset = DatasetReader.Read(bytes.ToArray(), TransferSyntax.ImplicitVRLittleEndian, new DatasetReadOptions { Lenient = true });

        Assert.Equal(Enumerable.Range(1, 200).Select(TagAt), dataset.Select(e => e.Tag));
    }

    // Private tags of odd groups from 0029 on: the dictionary does not know them.
    private static DicomTag TagAt(int index) => new((ushort)(0x0029 + (2 * (index >> 16))), (ushort)index);

    private static byte[] Element(DicomTag tag, byte[] value)
    {
        byte[] bytes = new byte[8 + value.Length];
        WriteTag(bytes, tag);
        bytes[4] = (byte)value.Length;
        value.CopyTo(bytes, 8);
        return bytes;
    }

    private static void WriteTag(Span<byte> bytes, DicomTag tag)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, tag.Group);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[2..], tag.Element);
    }
}
