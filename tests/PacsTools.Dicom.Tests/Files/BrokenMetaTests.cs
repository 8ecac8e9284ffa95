using System.Buffers.Binary;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Files;
using PacsTools.TestKit.Processes;

namespace PacsTools.Dicom.Tests.Files;

/// <summary>Where a data set begins, although group 0002 is broken or says otherwise.</summary>
public sealed class BrokenMetaTests : IDisposable
{
    private const int GroupLengthValue = 140;
    private const int PixelBytes = 4000;

    private static readonly DicomFileReadOptions s_everything = new() { ReadPixelData = true };

    private readonly TemporaryFolder _folder = new();
    private readonly string _path;

    public BrokenMetaTests() => _path = _folder["file.dcm"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Group_2_ends_where_another_group_begins_even_a_lower_one()
    {
        byte[] bytes = Saved(DicomUids.ImplicitVRLittleEndian);
        int start = DatasetOffset(bytes);
        byte[] low = [0x01, 0x00, 0x01, 0x00, 2, 0, 0, 0, (byte)'x', (byte)' '];
        DicomFile file = Open([.. bytes[..start], .. low, .. bytes[start..]]);
        Assert.Equal(start, file.DatasetOffset);
        Assert.Equal(2, file.Dataset[new DicomTag(0x0001, 0x0001)]!.Length);
        Assert.Equal("DOE^JANE", file.Dataset.GetString(DicomTags.PatientName));
    }

    [Theory]
    [InlineData(DicomUids.ImplicitVRLittleEndian)]
    [InlineData(DicomUids.ExplicitVRLittleEndian)]
    [InlineData(DicomUids.ExplicitVRBigEndian)]
    [InlineData(DicomUids.DeflatedExplicitVRLittleEndian)]
    public void Behind_a_broken_element_the_length_says_where_the_data_set_is(string uid)
    {
        byte[] bytes = Saved(uid);
        int classUid = bytes.AsSpan().IndexOf<byte>([0x02, 0x00, 0x02, 0x00, (byte)'U', (byte)'I']);
        bytes[classUid + 1] = 0x20;
        DicomFile file = Open(bytes);
        Assert.Equal(("DOE^JANE", uid), (file.Dataset.GetString(DicomTags.PatientName), file.TransferSyntax.UID));
        Assert.Equal("1.2.3", file.FileMeta.MediaStorageSOPInstanceUID);
    }

    [Theory]
    [InlineData(-20)]
    [InlineData(6)]
    public void A_wrong_length_does_not_hide_deflated_data(int change)
    {
        byte[] bytes = Saved(DicomUids.DeflatedExplicitVRLittleEndian);
        Span<byte> length = bytes.AsSpan(GroupLengthValue);
        BinaryPrimitives.WriteInt32LittleEndian(length, BinaryPrimitives.ReadInt32LittleEndian(length) + change);
        Assert.Equal("DOE^JANE", Open(bytes).Dataset.GetString(DicomTags.PatientName));
    }

    [Fact]
    public void An_empty_deflated_data_set_has_no_elements()
    {
        byte[] bytes = Saved(DicomUids.DeflatedExplicitVRLittleEndian);
        Assert.Empty(Open([.. bytes[..DatasetOffset(bytes)], 0x03, 0x00]).Dataset);
    }

    [Fact]
    public void A_long_first_value_in_a_syntax_nobody_knows_does_not_hide_the_byte_order()
    {
        byte[] bytes = Saved(DicomUids.ExplicitVRBigEndian);
        int uid = bytes.AsSpan().IndexOf("1.2.840.10008.1.2.2"u8);
        "9"u8.CopyTo(bytes.AsSpan(uid));
        Assert.Equal("DOE^JANE", Open(bytes).Dataset.GetString(DicomTags.PatientName));
    }

    [Fact]
    public void Pixels_of_the_private_syntax_are_turned_around_both_ways()
    {
        TransferSyntax syntax = TransferSyntax.GEPrivateImplicitVRBigEndian;
        byte[] bytes = Saved(syntax.UID);
        Assert.Equal([1, 2], bytes[^PixelBytes..^(PixelBytes - 2)]);
        DicomFile file = Open(bytes);
        Assert.Equal([2, 1], file.Dataset[DicomTags.PixelData]!.Value[..2].ToArray());
        Assert.Equal(bytes[DatasetOffset(bytes)..], DatasetWriter.Write(file.Dataset, syntax));
    }

    [Fact]
    public void What_is_broken_is_named_with_its_offset()
    {
        byte[] bytes = Saved(DicomUids.ExplicitVRLittleEndian);
        int id = bytes.AsSpan().IndexOf<byte>([0x10, 0x00, 0x20, 0x00, (byte)'L', (byte)'O']);
        DicomDataException inHeader = Assert.Throws<DicomDataException>(() => Open(bytes[..(id + 5)]));
        Assert.Equal(id, inHeader.Offset);
        Assert.Contains($"offset {id}", inHeader.Message, StringComparison.Ordinal);
        Assert.Contains("(0010,0010)", inHeader.Message, StringComparison.Ordinal);
        DicomDataException inValue = Assert.Throws<DicomDataException>(() => Open(bytes[..(id + 9)]));
        Assert.Equal(id + 8, inValue.Offset);
        Assert.Contains("(0010,0020)", inValue.Message, StringComparison.Ordinal);
    }

    // Each value is as long as one may be; together they would fill the memory.
    [Fact]
    public void No_more_than_a_mebibyte_of_group_2_is_loaded_in_all()
    {
        byte[] saved = Saved(DicomUids.ExplicitVRLittleEndian);
        const int Length = 1 << 20;
        var group = new List<byte>();
        for (byte i = 0; i < 24; i++)
        {
            group.AddRange([0x02, 0x00, i, 0x02, (byte)'O', (byte)'B', 0, 0, 0, 0, Length >> 16, 0]);
            group.AddRange(new byte[Length]);
        }

        int end = DatasetOffset(saved);
        File.WriteAllBytes(_path, [.. saved[..132], .. saved[144..end], .. group, .. saved[end..]]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        DicomFile file = DicomFile.Open(_path);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(("1.2.3", "DOE^JANE"), (file.FileMeta.MediaStorageSOPInstanceUID, file.Dataset.GetString(DicomTags.PatientName)));
        Assert.InRange(allocated, 0, 3 * Length);
    }

    private byte[] Saved(string uid)
    {
        var dataset = new DicomDataset();
        dataset.SetString(DicomTags.SpecificCharacterSet, "GB18030");
        dataset.SetString(DicomTags.SOPClassUID, DicomUids.CTImageStorage);
        dataset.SetString(DicomTags.SOPInstanceUID, "1.2.3");
        dataset.SetString(DicomTags.PatientName, "DOE^JANE");
        dataset.SetString(DicomTags.PatientID, "ID-1");
        dataset.SetBytes(DicomTags.PixelData, DicomVR.OW, new byte[] { 2, 1, 4, 3 }.Concat(new byte[PixelBytes - 4]).ToArray());
        DicomFile.Save(_path, new FileMetaInformation { TransferSyntaxUID = uid }, dataset);
        return File.ReadAllBytes(_path);
    }

    private DicomFile Open(byte[] bytes)
    {
        File.WriteAllBytes(_path, bytes);
        return DicomFile.Open(_path, s_everything);
    }

    private static int DatasetOffset(byte[] saved) => GroupLengthValue + 4 + BinaryPrimitives.ReadInt32LittleEndian(saved.AsSpan(GroupLengthValue));
}
