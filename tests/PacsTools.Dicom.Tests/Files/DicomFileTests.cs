using System.Buffers.Binary;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Files;
using PacsTools.TestKit.Processes;

namespace PacsTools.Dicom.Tests.Files;

public sealed class DicomFileTests : IDisposable
{
    private static readonly DicomFileReadOptions s_everything = new() { ReadPixelData = true };

    private readonly TemporaryFolder _folder = new();
    private readonly string _path;

    public DicomFileTests() => _path = _folder["file.dcm"];

    public static TheoryData<string> Syntaxes => new(
        DicomUids.ImplicitVRLittleEndian, DicomUids.ExplicitVRLittleEndian, DicomUids.ExplicitVRBigEndian, DicomUids.DeflatedExplicitVRLittleEndian, DicomUids.JPEGBaseline8Bit);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Syntaxes))]
    public void What_is_saved_is_read_back(string uid)
    {
        TransferSyntax syntax = TransferSyntax.Get(uid);
        DicomDataset dataset = Sample(syntax);
        DicomFile.Save(_path, new FileMetaInformation { TransferSyntaxUID = uid, SourceApplicationEntityTitle = "ME" }, dataset);
        DicomFile file = DicomFile.Open(_path, s_everything);
        Assert.Equal(syntax, file.TransferSyntax);
        Assert.Equal(("1.2.840.10008.5.1.4.1.1.2", "1.2.3", "ME", DicomUids.ImplementationClassUID), (file.FileMeta.MediaStorageSOPClassUID, file.FileMeta.MediaStorageSOPInstanceUID, file.FileMeta.SourceApplicationEntityTitle, file.FileMeta.ImplementationClassUID));
        Assert.Equal(Convert.ToHexString(DatasetWriter.Write(dataset, syntax)), Convert.ToHexString(DatasetWriter.Write(file.Dataset, syntax)));
        Assert.Equal(Convert.ToHexString(DatasetWriter.Write(dataset, syntax)), Convert.ToHexString(File.ReadAllBytes(_path).AsSpan((int)file.DatasetOffset)));
    }

    [Theory]
    [MemberData(nameof(Syntaxes))]
    public void The_header_is_read_and_the_pixels_stay(string uid)
    {
        TransferSyntax syntax = TransferSyntax.Get(uid);
        DicomFile.Save(_path, new FileMetaInformation { TransferSyntaxUID = uid }, Sample(syntax));
        DicomFile file = DicomFile.Open(_path);
        DicomElement pixels = file.Dataset[DicomTags.PixelData]!;
        Assert.Equal("DOE^JANE", file.Dataset.GetString(DicomTags.PatientName));
        Assert.True(pixels.IsDeferred);
        Assert.Equal(syntax.IsEncapsulated ? -1 : 40_000, pixels.Length);
        Assert.False(file.Dataset.Contains(new DicomTag(0xFFFC, 0xFFFC)));
        if (syntax.IsDeflated) return;
        byte[] bytes = File.ReadAllBytes(_path);
        int at = (int)pixels.ValueOffset;
        Assert.Equal(syntax.IsEncapsulated ? [0xFE, 0xFF, 0x00, 0xE0] : syntax.IsBigEndian ? [1, 7] : [7, 1], bytes[at..(at + (syntax.IsEncapsulated ? 4 : 2))]);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(8u)]
    [InlineData(100_000u)]
    [InlineData(0xFFFFFFFFu)]
    public void A_wrong_group_length_does_not_matter(uint length)
    {
        byte[] bytes = Saved();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(140), length);
        Check(bytes, DicomUids.ExplicitVRLittleEndian);
    }

    [Fact]
    public void A_missing_group_length_does_not_matter()
    {
        byte[] bytes = Saved();
        Check([.. bytes[..132], .. bytes[144..]], DicomUids.ExplicitVRLittleEndian);
    }

    [Fact]
    public void A_file_may_begin_with_the_prefix_or_with_group_2()
    {
        byte[] bytes = Saved();
        Check(bytes[128..], DicomUids.ExplicitVRLittleEndian);
        Check(bytes[132..], DicomUids.ExplicitVRLittleEndian);
    }

    [Theory]
    [InlineData(DicomUids.ImplicitVRLittleEndian)]
    [InlineData(DicomUids.ExplicitVRLittleEndian)]
    [InlineData(DicomUids.ExplicitVRBigEndian)]
    public void A_file_may_be_a_data_set_alone(string uid)
    {
        TransferSyntax syntax = TransferSyntax.Get(uid);
        Check(DatasetWriter.Write(Sample(syntax), syntax), uid);
        Assert.Equal(0, DicomFile.Open(_path).DatasetOffset);
        Assert.Null(DicomFile.Open(_path).FileMeta.MediaStorageSOPInstanceUID);
    }

    [Theory]
    [InlineData(DicomUids.ImplicitVRLittleEndian)]
    [InlineData(DicomUids.ExplicitVRBigEndian)]
    public void Group_2_may_lack_the_transfer_syntax(string uid)
    {
        byte[] meta = [.. new byte[128], .. "DICM"u8, 2, 0, 3, 0, (byte)'U', (byte)'I', 4, 0, .. "1.2\0"u8];
        TransferSyntax syntax = TransferSyntax.Get(uid);
        Check([.. meta, .. DatasetWriter.Write(Sample(syntax), syntax)], uid);
    }

    [Theory]
    [InlineData("")]
    [InlineData("D")]
    [InlineData("This is a text and no DICOM file at all, however long it may be: 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789")]
    [InlineData("\u0089PNG\r\n\u001a\n\0\0\0\rIHDR\0\0\0\u0001\0\0\0\u0001\u0008")]
    [InlineData("{\"json\": true, \"and\": \"more of it, so that it is long enough for a header\"}")]
    public void What_is_no_DICOM_file_is_said_so(string content)
    {
        File.WriteAllBytes(_path, System.Text.Encoding.Latin1.GetBytes(content));
        Assert.Contains("no DICOM file", Assert.Throws<DicomDataException>(() => DicomFile.Open(_path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_anywhere_is_a_header_or_a_clean_error()
    {
        byte[] bytes = Saved();
        int header = (int)DicomFile.Open(_path).Dataset[DicomTags.PixelData]!.ValueOffset;
        int headers = 0;
        for (int length = 0; length < header + 10; length++)
        {
            File.WriteAllBytes(_path, bytes[..length]);
            try
            {
                DicomFile.Open(_path);
                headers++;
            }
            catch (DicomDataException error)
            {
                Assert.InRange(error.Offset, 0, length);
            }
        }

        Assert.InRange(headers, 10, 30);
        File.WriteAllBytes(_path, bytes[..^1]);
        Assert.Throws<DicomDataException>(() => DicomFile.Open(_path, s_everything));
    }

    [Fact]
    public void Reading_stops_before_a_tag()
    {
        Saved();
        DicomFile file = DicomFile.Open(_path, new DicomFileReadOptions { StopBefore = DicomTags.PatientName });
        Assert.True(file.Dataset.Contains(DicomTags.SOPInstanceUID));
        Assert.False(file.Dataset.Contains(DicomTags.PatientName));
    }

    [Fact]
    public void Long_values_of_a_header_stay_in_the_file()
    {
        DicomDataset dataset = Sample(TransferSyntax.ExplicitVRLittleEndian);
        var tag = new DicomTag(0x0009, 0x1001);
        dataset.SetBytes(tag, DicomVR.OB, new byte[(1 << 20) + 2]);
        DicomFile.Save(_path, new FileMetaInformation(), dataset);
        Assert.True(DicomFile.Open(_path).Dataset[tag]!.IsDeferred);
        Assert.Equal("DOE^JANE", DicomFile.Open(_path).Dataset.GetString(DicomTags.PatientName));
        Assert.False(DicomFile.Open(_path, s_everything).Dataset[tag]!.IsDeferred);
        Assert.False(DicomFile.Open(_path, new DicomFileReadOptions { DeferLongerThan = 1 << 22 }).Dataset[tag]!.IsDeferred);
    }

    [Fact]
    public void Group_2_has_bounds_of_its_own()
    {
        // Private information of 2 MiB is passed over, two thousand elements are refused.
        byte[] start = [.. new byte[128], .. "DICM"u8, 2, 0, 0x10, 0, (byte)'U', (byte)'I', 20, 0, .. "1.2.840.10008.1.2.1\0"u8];
        byte[] dataset = DatasetWriter.Write(Sample(TransferSyntax.ExplicitVRLittleEndian), TransferSyntax.ExplicitVRLittleEndian);
        Check([.. start, 2, 0, 2, 1, (byte)'O', (byte)'B', 0, 0, 0, 0, 0x20, 0, .. new byte[2 << 20], .. dataset], DicomUids.ExplicitVRLittleEndian);
        Assert.True(DicomFile.Open(_path).FileMeta.PrivateInformation.IsEmpty);
        IEnumerable<byte> many = Enumerable.Range(0x1000, 2000).SelectMany(element => (byte[])[2, 0, (byte)element, (byte)(element >> 8), (byte)'O', (byte)'B', 0, 0, 0, 0, 0, 0]);
        File.WriteAllBytes(_path, [.. start, .. many, .. dataset]);
        Assert.Throws<DicomDataException>(() => DicomFile.Open(_path));
    }

    [Fact]
    public void A_header_holds_no_more_than_its_bound()
    {
        // 80 values of 1 MiB, all in holes of the file.
        byte[] meta = Saved()[..(int)DicomFile.Open(_path).DatasetOffset];
        using (FileStream stream = File.Create(_path))
        {
            stream.Write(meta);
            for (int i = 0; i < 80; i++)
            {
                stream.Write([0x09, 0x00, (byte)i, 0x10, (byte)'O', (byte)'B', 0, 0, 0, 0, 0x10, 0]);
                stream.Seek(1 << 20, SeekOrigin.Current);
            }

            stream.Write([0x10, 0x00, 0x20, 0x00, (byte)'L', (byte)'O', 2, 0, (byte)'A', (byte)' ']);
        }

        DicomDataset dataset = DicomFile.Open(_path).Dataset;
        Assert.Equal(64L << 20, dataset.Sum(element => (long)element.Value.Length));
        Assert.Equal(81, dataset.Count);
    }

    [Fact]
    public void Three_gigabytes_of_pixels_are_not_loaded()
    {
        // A sparse file: only its header takes room. Its last bytes tell that what follows is found.
        const uint length = 3_000_000_000;
        byte[] start = Saved(new DicomDataset());
        using (FileStream stream = File.Create(_path))
        {
            stream.Write(start);
            stream.Write([0xE0, 0x7F, 0x10, 0x00, (byte)'O', (byte)'W', 0, 0, .. BitConverter.GetBytes(length)]);
            stream.Seek(length, SeekOrigin.Current);
            stream.Write([0xFC, 0xFF, 0xFC, 0xFF, (byte)'O', (byte)'B', 0, 0, 2, 0, 0, 0, 1, 2]);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        DicomFile header = DicomFile.Open(_path);
        DicomFile whole = DicomFile.Open(_path, s_everything);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Equal((true, (long)length, start.Length + 12L), (header.Dataset[DicomTags.PixelData]!.IsDeferred, header.Dataset[DicomTags.PixelData]!.Length, header.Dataset[DicomTags.PixelData]!.ValueOffset));
        Assert.True(whole.Dataset[DicomTags.PixelData]!.IsDeferred);
        Assert.Equal([1, 2], whole.Dataset[new DicomTag(0xFFFC, 0xFFFC)]!.Value.ToArray());
    }

    [Fact]
    public void A_length_beyond_the_file_allocates_nothing()
    {
        byte[] start = Saved(new DicomDataset());
        File.WriteAllBytes(_path, [.. start, 0xE0, 0x7F, 0x10, 0x00, (byte)'O', (byte)'W', 0, 0, 0, 0, 0, 0x70, 1, 2]);
        Assert.Throws<DicomDataException>(() => DicomFile.Open(_path, s_everything));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<DicomDataException>(() => DicomFile.Open(_path, s_everything));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 256 << 10);
    }

    [Fact]
    public void Saving_leaves_the_old_file_or_the_new_one_and_nothing_else()
    {
        byte[] before = Saved();
        DicomDataset unfit = Sample(TransferSyntax.JPEGBaseline8Bit);
        Assert.Throws<DicomDataException>(() => DicomFile.Save(_path, new FileMetaInformation(), unfit));
        Assert.Equal(before, File.ReadAllBytes(_path));
        Assert.Equal([_path], Directory.GetFiles(_folder.Path));
        DicomDataset smaller = Sample(TransferSyntax.ExplicitVRLittleEndian);
        smaller.Remove(DicomTags.PixelData);
        DicomFile.Save(_path, new FileMetaInformation(), smaller);
        Assert.False(DicomFile.Open(_path).Dataset.Contains(DicomTags.PixelData));
        Assert.Equal([_path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Values_longer_than_the_window_are_read_whole()
    {
        DicomDataset dataset = Sample(TransferSyntax.ExplicitVRLittleEndian);
        for (int i = 0; i < 20; i++)
        {
            byte[] value = new byte[i * 1777];
            Array.Fill(value, (byte)i);
            dataset.SetBytes(new DicomTag(0x0009, (ushort)(0x1000 + i)), DicomVR.OB, value);
        }

        foreach (TransferSyntax syntax in (TransferSyntax[])[TransferSyntax.ExplicitVRLittleEndian, TransferSyntax.DeflatedExplicitVRLittleEndian])
        {
            DicomFile.Save(_path, new FileMetaInformation { TransferSyntaxUID = syntax.UID }, dataset);
            DicomDataset read = DicomFile.Open(_path, s_everything).Dataset;
            for (int i = 0; i < 20; i++)
            {
                ReadOnlyMemory<byte> value = read[new DicomTag(0x0009, (ushort)(0x1000 + i))]!.Value;
                Assert.Equal((i * 1777) + ((i * 1777) & 1), value.Length);
                Assert.Equal(-1, value.Span[..(i * 1777)].IndexOfAnyExcept((byte)i));
            }
        }
    }

    private byte[] Saved(DicomDataset? dataset = null)
    {
        DicomFile.Save(_path, new FileMetaInformation { MediaStorageSOPClassUID = "1.2", MediaStorageSOPInstanceUID = "1.2.3" }, dataset ?? Sample(TransferSyntax.ExplicitVRLittleEndian));
        return File.ReadAllBytes(_path);
    }

    private void Check(byte[] bytes, string uid)
    {
        File.WriteAllBytes(_path, bytes);
        DicomFile file = DicomFile.Open(_path, s_everything);
        Assert.Equal(uid, file.TransferSyntax.UID);
        Assert.Equal("DOE^JANE", file.Dataset.GetString(DicomTags.PatientName));
        Assert.Equal(40_000, file.Dataset[DicomTags.PixelData]!.Length);
    }

    private static DicomDataset Sample(TransferSyntax syntax)
    {
        var item = new DicomDataset();
        item.SetString(DicomTags.PatientID, "inner");
        var dataset = new DicomDataset();
        dataset.SetString(DicomTags.SOPClassUID, "1.2.840.10008.5.1.4.1.1.2");
        dataset.SetString(DicomTags.SOPInstanceUID, "1.2.3");
        dataset.SetString(DicomTags.PatientName, "DOE^JANE");
        dataset.SetItems(DicomTags.ReferencedStudySequence, item);
        byte[] pixels = new byte[40_000];
        (pixels[0], pixels[1]) = (7, 1);
        if (syntax.IsEncapsulated) dataset.Set(DicomElement.OfFragments(DicomTags.PixelData, default, pixels));
        else dataset.SetBytes(DicomTags.PixelData, DicomVR.OW, pixels);
        dataset.SetBytes(new DicomTag(0xFFFC, 0xFFFC), DicomVR.OB, new byte[2]);
        return dataset;
    }
}
