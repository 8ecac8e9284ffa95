using PacsTools.TestKit;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Peers;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Services;

/// <summary>What a receiving process costs and what limits do to it, seen from outside.</summary>
public sealed class ReceiveProcessTests
{
    [Fact]
    public async Task One_and_a_half_gigabytes_grow_the_peak_memory_by_less_than_64_MiB()
    {
        const long size = 1536L << 20;
        Requirement.Dcmtk();
        Requirement.That("linux", PeakMemory.IsAvailable, "Peak memory is read from /proc, which this system lacks.");
        using var folder = new TemporaryFolder("big");
        long free = new DriveInfo(folder.Path).AvailableFreeSpace;
        Requirement.That("disk", free > 2 * size + (512L << 20), $"Two files of 1.5 GB are needed; {folder.Path} has {free >> 20} MiB free.");

        string small = TestStudy.CreateOne(new TestStudyOptions()).Save(folder.Create("sent")), big = folder["sent", "big.dcm"];
        TestInstance instance = BigInstance.Save(big, size);
        string received = folder["received"];
        await using ReceiverProcess receiver = await ReceiverProcess.StartAsync(received);
        // Whatever the first instances cost once (code, buffers, thread) is not growth with size.
        (await Dcmtk.StorescuAsync(receiver.Port, receiver.AETitle, [small], noDelay: true)).EnsureSuccess();
        long before = PeakMemory.Of(receiver.Id);
        (await Dcmtk.StorescuAsync(receiver.Port, receiver.AETitle, [big], noDelay: true, bound: TimeSpan.FromMinutes(5))).EnsureSuccess();
        long growth = PeakMemory.Of(receiver.Id) - before;
        TestContext.Current.TestOutputHelper?.WriteLine($"peak {before >> 20} MiB before, {growth >> 10} KiB more afterwards");
        Assert.True(growth < 64 << 20, $"the peak grew by {growth >> 20} MiB");
        string file = Path.Combine(received, instance.StudyInstanceUID, instance.SeriesInstanceUID, instance.SOPInstanceUID + ".dcm");
        Assert.True(ReceivedFiles.HaveEqualDataSets(big, file), "the data set differs from what was sent");
    }

    [Fact]
    public async Task A_file_size_limit_is_answered_as_out_of_resources()
    {
        Requirement.Dcmtk();
        Requirement.That("linux", ProgramFinder.Find("prlimit") is not null && !OperatingSystem.IsWindows(), "prlimit is needed to bound the size of files.");
        using var folder = new TemporaryFolder("limit");
        string received = folder["received"], sent = folder.Create("sent");
        TestInstance small = TestStudy.CreateOne(TestStudy.Tiny(1));
        string smallFile = small.Save(sent), bigFile = folder["sent", "big.dcm"];
        BigInstance.Save(bigFile, 4 << 20);
        await using ReceiverProcess receiver = await ReceiverProcess.StartAsync(received, maxFileBytes: 1 << 20);
        ToolResult refused = await Dcmtk.StorescuAsync(receiver.Port, receiver.AETitle, [bigFile], options: ["--verbose"]);
        Assert.Contains("OutOfResources", refused.AllOutput, StringComparison.Ordinal);
        (await Dcmtk.StorescuAsync(receiver.Port, receiver.AETitle, [smallFile])).EnsureSuccess();
        ReceivedFiles.AssertExactly(received, [small]);
    }
}
