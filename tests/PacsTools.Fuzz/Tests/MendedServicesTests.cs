using PacsTools.Dicom.Data;
using PacsTools.Dicom.Files;
using PacsTools.Fuzz.Targets;
using PacsTools.Services;
using PacsTools.Services.Imaging;
using PacsTools.Services.Nodes;

namespace PacsTools.Fuzz.Tests;

/// <summary>What became of the faults that fuzzing found in the registry of nodes and in pictures.</summary>
public sealed class MendedServicesTests : IDisposable
{
    private readonly InputFile _file = new("input");

    private NodeRegistry Registry => new(new NodeStorePath(_file.FilePath, IsOurFolder: false));

    public void Dispose() => _file.Dispose();

    [Fact]
    public void A_thumbprint_that_is_null_makes_one_entry_unusable_and_no_other()
    {
        _file.Write("""{"nodes":{"bad":{"hostName":"a","tls":{"thumbprints":[null]}},"good":{"hostName":"b"}}}"""u8);
        var unusable = new List<string>();

        Assert.Equal("good", Assert.Single(Registry.All(entry => unusable.Add($"{entry.Name} {entry.Error.Id}"))).Name);
        Assert.Equal(["bad Node.Unusable"], unusable);
    }

    [Fact]
    public void A_store_that_cannot_be_written_again_is_put_aside_by_registering_and_left_by_taking_out()
    {
        byte[] store = """{"nodes":{"main":{"hostName":"a","note":"\ud800"}}}"""u8.ToArray();
        _file.Write(store);

        Assert.Equal("a", Registry.Get("main").HostName);
        Assert.Equal("NodeStore.Damaged", Assert.Throws<NodeRegistryException>(() => Registry.Remove("main")).Id);
        Assert.Equal(store, File.ReadAllBytes(_file.FilePath));
        var log = new Warnings();
        Registry.Put(new PacsNode { Name = "new", HostName = "b" }, overwrite: false, log);
        Assert.Equal(["new"], Registry.Names);
        Assert.Equal(["NodeStore.Damaged"], log.Ids);
        Assert.Equal(store, File.ReadAllBytes(_file.FilePath + ".damaged-1"));
    }

    [Theory]
    [InlineData(43)]
    [InlineData(1009)]
    [InlineData(2500)]
    public void Every_tick_of_a_timeout_comes_back(int milliseconds)
    {
        var node = new PacsNode { Name = "main", HostName = "a", Timeout = TimeSpan.FromTicks(milliseconds * TimeSpan.TicksPerMillisecond) };
        Registry.Put(node, overwrite: false, new Warnings());

        Assert.Equal(node.Timeout, Registry.Get("main").Timeout);
    }

    [Theory]
    [InlineData(DicomVR.SS, new byte[] { 0x00, 0xFF, 0, 0, 16, 0 })]
    [InlineData(DicomVR.UL, new byte[] { 0, 0, 0, 0x80, 0, 0, 0, 0, 16, 0, 0, 0 })]
    [InlineData(DicomVR.UL, new byte[] { 0, 0, 0, 0x40, 0, 0, 0, 0, 16, 0, 0, 0 })]
    public void A_palette_whose_length_cannot_be_is_a_broken_one(DicomVR vr, byte[] descriptor)
    {
        DicomDataset dataset = Image("PALETTE COLOR", 2, 2, 8);
        foreach (ushort colour in (ushort[])[1, 2, 3])
        {
            dataset.SetBytes(new DicomTag(0x0028, (ushort)(0x1100 + colour)), vr, descriptor);
            dataset.SetBytes(new DicomTag(0x0028, (ushort)(0x1200 + colour)), DicomVR.OW, new byte[8]);
        }

        dataset.SetBytes(DicomTags.PixelData, DicomVR.OB, new byte[4]);

        Assert.Equal("Image.Broken", Assert.Throws<ImageException>(() => Show(dataset)).Id);
    }

    [Fact]
    public void Rows_and_columns_take_no_memory_that_the_file_does_not_bear_out()
    {
        DicomDataset dataset = Image("MONOCHROME2", 16000, 16000, 8);
        dataset.SetBytes(DicomTags.PixelData, DicomVR.OB, new byte[4]);
        Show(dataset, "Image.Broken");
        long before = GC.GetAllocatedBytesForCurrentThread();
        Show(dataset, "Image.Broken");

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_slope_that_is_not_a_number_has_the_first_entry_of_a_table()
    {
        var table = new DicomDataset();
        table.SetUInt16(new DicomTag(0x0028, 0x3002), 2, 0, 8);
        table.SetUInt16(new DicomTag(0x0028, 0x3006), 7, 9);
        var dataset = new DicomDataset();
        dataset.SetItems(new DicomTag(0x0028, 0x3010), table);

        Assert.Equal(7, LookupTable.Of(dataset, new DicomTag(0x0028, 0x3010), isSigned: false)!.Map(double.NaN));
    }

    private void Show(DicomDataset dataset, string error) => Assert.Equal(error, Assert.Throws<ImageException>(() => Show(dataset)).Id);

    private Picture Show(DicomDataset dataset)
    {
        DicomFile.Save(_file.FilePath, new FileMetaInformation { MediaStorageSOPClassUID = "1.2", MediaStorageSOPInstanceUID = "1.3" }, dataset);
        return Picture.Of(FrameReader.Open(_file.FilePath), 1, null);
    }

    private static DicomDataset Image(string photometric, ushort rows, ushort columns, ushort bits)
    {
        var dataset = new DicomDataset();
        dataset.SetUInt16(DicomTags.SamplesPerPixel, 1);
        dataset.SetString(DicomTags.PhotometricInterpretation, photometric);
        dataset.SetUInt16(DicomTags.Rows, rows);
        dataset.SetUInt16(DicomTags.Columns, columns);
        dataset.SetUInt16(DicomTags.BitsAllocated, bits);
        return dataset;
    }

    private sealed class Warnings : IJobLog
    {
        internal List<string> Ids { get; } = [];

        public void Warning(string id, string text) => Ids.Add(id);

        public void Verbose(string text)
        {
        }

        public void Progress(JobProgress progress)
        {
        }
    }
}
