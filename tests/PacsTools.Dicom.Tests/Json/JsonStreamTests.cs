using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Json;
using TextEncoding = System.Text.Encoding;

namespace PacsTools.Dicom.Tests.Json;

/// <summary>Arrays of data sets, as they come from a network.</summary>
public class JsonStreamTests
{
    private const string Three = """ [ {"00100020":{"vr":"LO","Value":["ä1"]}} , {"00081110":{"vr":"SQ","Value":[{},{"00100020":{"vr":"LO","Value":["[]}{\""]}}]}},{}] """;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(4096)]
    public async Task Data_sets_come_whole_however_the_bytes_come(int packet)
    {
        List<DicomDataset> read = await ReadAsync(new PacketStream(TextEncoding.UTF8.GetBytes(Three), packet));
        Assert.Equal(3, read.Count);
        Assert.Equal("ä1", read[0].GetString(DicomTags.PatientID));
        Assert.Equal("[]}{\"", read[1].GetItems(DicomTags.ReferencedStudySequence)[1].GetString(DicomTags.PatientID));
        Assert.Empty(read[2]);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData(" \r\n", 0)]
    [InlineData("[]", 0)]
    [InlineData("{}", 1)]
    [InlineData("\uFEFF[{}]", 1)]
    [InlineData("\uFEFF", 0)]
    public async Task An_empty_array_nothing_at_all_and_one_data_set(string json, int count)
    {
        Assert.Equal(count, (await ReadAsync(new PacketStream(TextEncoding.UTF8.GetBytes(json), 1))).Count);
        Assert.Equal(count, (await ReadAsync(new PacketStream(TextEncoding.UTF8.GetBytes(json), 100))).Count);
    }

    [Theory]
    [InlineData("[{},5]", 1)]
    [InlineData("[[{}]]", 0)]
    [InlineData("[{},{}", 2)]
    [InlineData("[{}", 1)]
    [InlineData("[{\"00100020\":", 0)]
    [InlineData("<html>", 0)]
    [InlineData("\"text\"", 0)]
    [InlineData("[{}] x", 1)]
    [InlineData("{} {}", 1)]
    [InlineData("[{}]]", 1)]
    public async Task What_is_no_such_array_is_an_error_after_what_came_before(string json, int before)
    {
        var read = new List<DicomDataset>();
        await Assert.ThrowsAsync<DicomDataException>(async () =>
        {
            await foreach (DicomDataset dataset in DicomJsonReader.ReadAllAsync(new PacketStream(TextEncoding.UTF8.GetBytes(json), 3))) read.Add(dataset);
        });
        Assert.Equal(before, read.Count);
    }

    [Fact]
    public async Task A_data_set_is_handed_on_before_the_next_one_came()
    {
        var stream = new PacketStream(TextEncoding.UTF8.GetBytes("""[{"00100020":{"vr":"LO","Value":["1"]}},{}]"""), 1);
        await foreach (DicomDataset dataset in DicomJsonReader.ReadAllAsync(stream))
        {
            if (dataset.Count == 1) Assert.Equal(""",{}]""".Length, stream.Left);
        }
    }

    [Fact]
    public async Task No_more_than_one_data_set_is_held()
    {
        // 200 MB of data sets through a limit of 64 KiB each. All comes at once, so that it is one thread that reads.
        long before = GC.GetAllocatedBytesForCurrentThread();
        int count = 0;
        byte[] one = TextEncoding.UTF8.GetBytes(",{\"00091001\":{\"filler\":\"" + new string('x', 40_000) + "\"}}");
        var options = new DicomJsonReadOptions { MaxDatasetBytes = 64 << 10 };
        await foreach (DicomDataset dataset in DicomJsonReader.ReadAllAsync(new RepeatingStream("[{}"u8.ToArray(), one, 5000), options)) count++;
        Assert.Equal(5001, count);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
    }

    [Fact]
    public async Task A_data_set_beyond_the_limit_is_an_error_however_it_is_made()
    {
        var options = new DicomJsonReadOptions { MaxDatasetBytes = 1 << 20 };
        foreach (string endless in (string[])["\"xxxxxxx", "[1,1,1,1,", "          "])
        {
            var stream = new RepeatingStream(TextEncoding.UTF8.GetBytes("[{\"00100020\":{\"x\":" + (endless[0] == ' ' ? "" : endless[..1])), TextEncoding.UTF8.GetBytes(endless.Trim('"', '[')), 1 << 20);
            var error = await Assert.ThrowsAsync<DicomDataException>(async () =>
            {
                await foreach (DicomDataset _ in DicomJsonReader.ReadAllAsync(stream, options)) Assert.Fail("There is no data set.");
            });
            Assert.Contains("1048576", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public async Task A_long_value_may_fill_the_limit_although_more_data_sets_follow(int before)
    {
        string first = "{\"00091001\":{\"x\":\"" + new string('x', before) + "\"}}";
        string longest = "{\"00091001\":{\"filler\":\"" + new string('x', 149_974) + "\"}}";
        Assert.Equal(150_000, longest.Length);
        byte[] json = TextEncoding.UTF8.GetBytes($"[{first},{longest},{longest}]");
        int count = 0;
        await foreach (DicomDataset _ in DicomJsonReader.ReadAllAsync(new MemoryStream(json), new DicomJsonReadOptions { MaxDatasetBytes = 150_000 })) count++;
        Assert.Equal(3, count);
    }

    [Fact]
    public async Task A_value_of_many_megabytes_is_not_searched_with_every_packet()
    {
        // 32 MiB in packets of 1 KiB would be 512 GiB of searching; this ends only if it is not done.
        byte[] end = "\"}}]"u8.ToArray();
        var stream = new RepeatingStream(TextEncoding.UTF8.GetBytes("[{\"7FE00010\":{\"vr\":\"OB\",\"InlineBinary\":\""), TextEncoding.ASCII.GetBytes(new string('A', 1024)), 32 << 10, end);
        var read = new List<DicomDataset>();
        await foreach (DicomDataset dataset in DicomJsonReader.ReadAllAsync(stream)) read.Add(dataset);
        Assert.Equal(24 << 20, Assert.Single(read)[DicomTags.PixelData]!.Length);
    }

    private static async Task<List<DicomDataset>> ReadAsync(Stream stream)
    {
        var read = new List<DicomDataset>();
        await foreach (DicomDataset dataset in DicomJsonReader.ReadAllAsync(stream)) read.Add(dataset);
        return read;
    }
}
