using System.IO.Compression;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Tests.Pdus;

namespace PacsTools.Dicom.Tests.Encodings;

/// <summary>Each bound, just kept and just broken.</summary>
public class LimitTests
{
    private const string OpenSequence = "0800 1011 'SQ' 0000 FFFFFFFF FEFF 00E0 FFFFFFFF ";
    private const string CloseSequence = "FEFF 0DE0 00000000 FEFF DDE0 00000000 ";

    [Fact]
    public void Sequences_may_be_64_deep()
    {
        DicomDataset? level = DatasetReader.Read(Nested(64), TransferSyntax.ExplicitVRLittleEndian);
        int depth = 0;
        while (level.GetItems(DicomTags.ReferencedStudySequence) is [var inner])
        {
            level = inner;
            depth++;
        }

        Assert.Equal(64, depth);
        Assert.Contains("64", Assert.Throws<DicomDataException>(() => DatasetReader.Read(Nested(65), TransferSyntax.ExplicitVRLittleEndian)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_million_opened_sequences_do_not_touch_the_stack()
    {
        byte[] bytes = Wire.Parse(string.Concat(Enumerable.Repeat(OpenSequence, 1000)));
        byte[] many = [.. Enumerable.Repeat(bytes, 1000).SelectMany(b => b)];
        Assert.Throws<DicomDataException>(() => DatasetReader.Read(many, TransferSyntax.ExplicitVRLittleEndian));
        var scanner = new HeaderScanner(TransferSyntax.ExplicitVRLittleEndian, [DicomTags.PatientID]);
        Assert.True(scanner.Advance(many));
        Assert.True(scanner.Failed);
    }

    [Fact]
    public void Sequences_hidden_in_UN_count_as_deep_as_others()
    {
        byte[] value = [];
        for (int level = 0; level < 100; level++)
        {
            byte[] item = [.. Wire.Parse("FEFF 00E0"), .. BitConverter.GetBytes(value.Length), .. value];
            value = [.. Wire.Parse("0800 1011"), .. BitConverter.GetBytes(item.Length), .. item];
        }

        byte[] bytes = [.. Wire.Parse("0800 1011 'UN' 0000"), .. value.AsSpan(4)];
        DicomDataset dataset = DatasetReader.Read(bytes, TransferSyntax.ExplicitVRLittleEndian);
        Assert.Equal(DicomVR.UN, dataset[DicomTags.ReferencedStudySequence]!.VR);
    }

    [Fact]
    public void Deeper_data_sets_are_not_written_either()
    {
        var dataset = new DicomDataset();
        for (int depth = 0; depth < 65; depth++)
        {
            var outer = new DicomDataset();
            outer.SetItems(DicomTags.ReferencedStudySequence, dataset);
            dataset = outer;
        }

        foreach (bool undefined in (bool[])[true, false])
            Assert.Throws<DicomDataException>(() => DatasetWriter.Write(dataset, TransferSyntax.ExplicitVRLittleEndian, new DatasetWriteOptions { UndefinedLengths = undefined }));
        Assert.NotEmpty(DatasetWriter.Write(dataset.GetItems(DicomTags.ReferencedStudySequence)[0], TransferSyntax.ExplicitVRLittleEndian));
    }

    [Fact]
    public void A_length_nobody_sent_allocates_nothing()
    {
        // 2 GB announced, 4 bytes there: as a value, an item, a fragment, inside deflated data.
        string[] hostile =
        [
            "1000 2000 'UT' 0000 FFFFFF7F 'abcd'",
            "0800 1011 'SQ' 0000 FFFFFFFF FEFF 00E0 FFFFFF7F 'abcd'",
            "0800 1011 'SQ' 0000 FFFFFF7F FEFF 00E0 00000000",
            "E07F 1000 'OB' 0000 FFFFFFFF FEFF 00E0 FFFFFF7F 'abcd'",
        ];
        foreach (string text in hostile)
        {
            byte[] bytes = Wire.Parse(text);
            byte[] deflated = Deflate(bytes);
            Assert.Throws<DicomDataException>(() => DatasetReader.Read(bytes, TransferSyntax.ExplicitVRLittleEndian));
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Throws<DicomDataException>(() => DatasetReader.Read(bytes, TransferSyntax.ExplicitVRLittleEndian));
            Assert.Throws<DicomDataException>(() => DatasetReader.Read(deflated, TransferSyntax.DeflatedExplicitVRLittleEndian));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 512 << 10);
        }
    }

    [Fact]
    public void Inflation_ends_at_its_cap()
    {
        // 64 MiB of nothing in 64 KiB.
        byte[] plain = [.. Wire.Parse("0800 6000 'CS' 0200 'CT' 0900 0110 'OB' 0000 00000004"), .. new byte[64 << 20]];
        byte[] bomb = Deflate(plain);
        Assert.InRange(bomb.Length, 1, 256 << 10);
        Assert.Equal(2, DatasetReader.Read(bomb, TransferSyntax.DeflatedExplicitVRLittleEndian).Count);
        var options = new DatasetReadOptions { MaxInflatedBytes = 1 << 20 };
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<DicomDataException>(() => DatasetReader.Read(bomb, TransferSyntax.DeflatedExplicitVRLittleEndian, options));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Fact]
    public void Elements_and_items_are_counted()
    {
        byte[] bytes = Wire.Parse(OpenSequence + "1000 2000 'LO' 0200 'A ' " + CloseSequence + "1000 2000 'LO' 0200 'B '");
        Assert.Equal(2, DatasetReader.Read(bytes, TransferSyntax.ExplicitVRLittleEndian, new DatasetReadOptions { MaxElements = 4 }).Count);
        Assert.Throws<DicomDataException>(() => DatasetReader.Read(bytes, TransferSyntax.ExplicitVRLittleEndian, new DatasetReadOptions { MaxElements = 3 }));
    }

    [Fact]
    public void Fragments_are_counted()
    {
        byte[] bytes = Wire.Parse("E07F 1000 'OB' 0000 FFFFFFFF FEFF 00E0 00000000 FEFF 00E0 00000000 FEFF DDE0 00000000");
        Assert.Single(DatasetReader.Read(bytes, TransferSyntax.JPEGBaseline8Bit, new DatasetReadOptions { MaxElements = 3 }));
        Assert.Throws<DicomDataException>(() => DatasetReader.Read(bytes, TransferSyntax.JPEGBaseline8Bit, new DatasetReadOptions { MaxElements = 2 }));
    }

    [Fact]
    public void Long_values_are_left_where_they_are()
    {
        byte[] bytes = Wire.Parse("0800 6000 'CS' 0200 'CT' 0900 0110 'OB' 0000 04000000 01020304 1000 2000 'LO' 0200 'A '");
        DicomDataset dataset = DatasetReader.Read(bytes, TransferSyntax.ExplicitVRLittleEndian, new DatasetReadOptions { DeferLongerThan = 3 });
        DicomElement element = dataset[new DicomTag(0x0009, 0x1001)]!;
        Assert.Equal((true, 22L, 4L, 0), (element.IsDeferred, element.ValueOffset, element.Length, element.Value.Length));
        Assert.Equal("A", dataset.GetString(DicomTags.PatientID));
        Assert.Null(dataset.GetString(element.Tag));
        Assert.Throws<DicomDataException>(() => DatasetWriter.Write(dataset, TransferSyntax.ExplicitVRLittleEndian));
    }

    [Fact]
    public void Values_are_loaded_up_to_their_sum()
    {
        byte[] bytes = Wire.Parse("0800 6000 'CS' 0200 'CT' 1000 1000 'PN' 0400 'DOE ' 1000 2000 'LO' 0200 'A '");
        DicomDataset dataset = DatasetReader.Read(bytes, TransferSyntax.ExplicitVRLittleEndian, new DatasetReadOptions { MaxLoadedBytes = 5 });
        Assert.Equal([false, true, false], dataset.Select(element => element.IsDeferred));
    }

    [Theory]
    [InlineData(6, null, false)]
    [InlineData(5, null, true)]
    [InlineData(null, 6L, false)]
    [InlineData(null, 5L, true)]
    public void Fragments_are_one_value_to_the_limits(int? deferLongerThan, long? most, bool isDeferred)
    {
        byte[] bytes = Wire.Parse("E07F 1000 'OB' 0000 FFFFFFFF FEFF 00E0 00000000 FEFF 00E0 04000000 01020304 FEFF 00E0 02000000 0506 FEFF DDE0 00000000 FCFF FCFF 'OB' 0000 00000000");
        foreach (DicomDataset dataset in ReadBothWays(bytes, TransferSyntax.JPEGBaseline8Bit, new DatasetReadOptions { DeferLongerThan = deferLongerThan, MaxLoadedBytes = most ?? long.MaxValue }))
        {
            DicomElement pixels = dataset[DicomTags.PixelData]!;
            Assert.Equal((isDeferred, isDeferred ? 12L : -1L, -1L), (pixels.IsDeferred, pixels.ValueOffset, pixels.Length));
            Assert.Equal(isDeferred ? null : (int[])[0, 4, 2], pixels.Fragments?.Select(fragment => fragment.Length));
            Assert.Equal(2, dataset.Count);
        }
    }

    [Fact]
    public void Sequences_that_came_as_UN_count_towards_the_sum()
    {
        byte[] bytes = Wire.Parse("0800 1011 'UN' 0000 08000000 FEFF 00E0 00000000 0800 4011 'UN' 0000 08000000 FEFF 00E0 00000000 1000 2000 'LO' 0200 'A '");
        foreach (DicomDataset dataset in ReadBothWays(bytes, TransferSyntax.ExplicitVRLittleEndian, new DatasetReadOptions { MaxLoadedBytes = 10 }))
            Assert.Equal([(DicomVR.SQ, false), (DicomVR.UN, true), (DicomVR.LO, false)], dataset.Select(element => (element.VR, element.IsDeferred)));
    }

    [Fact]
    public void A_fragment_without_a_length_is_an_error_however_much_follows()
    {
        byte[] bytes = Wire.Parse("E07F 1000 'OB' 0000 FFFFFFFF FEFF 00E0 FFFFFFFF 0102");
        Assert.Throws<DicomDataException>(() => DatasetReader.Read(bytes, TransferSyntax.JPEGBaseline8Bit, new DatasetReadOptions { DeferLongerThan = 1 }));
    }

    [Theory]
    [InlineData(0x00100020u, 1)]
    [InlineData(0x00100010u, 1)]
    [InlineData(0x00100021u, 2)]
    [InlineData(0x00080000u, 0)]
    public void Reading_stops_before_a_tag(uint tag, int count)
    {
        byte[] bytes = Wire.Parse("0800 6000 'CS' 0200 'CT' 1000 2000 'LO' 0200 'A ' 1000 3000 'DA' FFFF 'what comes then is not looked at'");
        Assert.Equal(count, DatasetReader.Read(bytes, TransferSyntax.ExplicitVRLittleEndian, new DatasetReadOptions { StopBefore = new DicomTag(tag) }).Count);
    }

    private static DicomDataset[] ReadBothWays(byte[] bytes, TransferSyntax syntax, DatasetReadOptions options) =>
        [DatasetReader.Read(bytes, syntax, options), DatasetReader.Read(new MemoryStream(bytes), syntax, options)];

    private static byte[] Nested(int depth) => Wire.Parse(string.Concat(Enumerable.Repeat(OpenSequence, depth)) + string.Concat(Enumerable.Repeat(CloseSequence, depth)));

    private static byte[] Deflate(byte[] bytes)
    {
        using var deflated = new MemoryStream();
        using (var stream = new DeflateStream(deflated, CompressionLevel.Optimal, true)) stream.Write(bytes);
        return deflated.ToArray();
    }
}
