using PacsTools.Interop.Tests.Services;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Simulation;
using PacsTools.TestKit;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Copying;

/// <summary>
/// What a copy costs the process in the middle. What grows with the size of an instance shows at a quarter of 1.5 GB too; that itself, on each road, is
/// copied with the environment variable PACSTOOLS_LONG at 1, since it takes most of a minute.
/// </summary>
public sealed class CopyMemoryTests
{
    private static readonly bool s_long = Environment.GetEnvironmentVariable("PACSTOOLS_LONG") == "1";

    [Theory]
    [InlineData(RetrieveMethod.CMove)]
    [InlineData(RetrieveMethod.CGet)]
    public async Task A_large_instance_grows_the_peak_memory_by_less_than_64_MiB(RetrieveMethod method)
    {
        long size = (s_long ? 1536L : 384L) << 20;
        Requirement.That("linux", PeakMemory.IsAvailable, "Peak memory is read from /proc, which this system lacks.");
        using var folder = new TemporaryFolder("copybig");
        long free = new DriveInfo(folder.Path).AvailableFreeSpace;
        Requirement.That("disk", free > 3 * size + (512L << 20), $"Three files of {size >> 20} MiB are needed; {folder.Path} has {free >> 20} MiB free.");
        TestInstance small = TestStudy.CreateOne(new TestStudyOptions());
        string bigFile = folder["sent", "big.dcm"];
        small.Save(folder.Create("sent"));
        TestInstance big = BigInstance.Save(bigFile, size);
        int scpPort = LoopbackPort.Take();
        // Dcmqridx, which feeds dcmqrscp, takes no study of more than a gigabyte, and Orthanc holds all of an instance in memory.
        using PacsSimulator source = PacsSimulator.Start(new PacsSimulatorOptions { Path = folder["sent"], MoveDestinations = new Dictionary<string, MoveTarget> { ["RIS_STORE_SCP"] = new("127.0.0.1", scpPort) } });
        await using ReceiverProcess destination = await ReceiverProcess.StartAsync(folder["received"]);

        // Whatever the first study costs once (code, buffers, threads) is not growth with size.
        IReadOnlyList<long> peaks = await CopyProcess.CopyAsync(
            source.Node.Address, $"{destination.AETitle}@127.0.0.1:{destination.Port}", method, scpPort, folder["spool"], small.StudyInstanceUID, big.StudyInstanceUID);
        TestContext.Current.TestOutputHelper?.WriteLine($"peak {peaks[0] >> 20} MiB before, {(peaks[1] - peaks[0]) >> 10} KiB more afterwards");
        Assert.True(peaks[1] - peaks[0] < 64 << 20, $"the peak grew by {(peaks[1] - peaks[0]) >> 20} MiB");
        string file = folder["received", big.StudyInstanceUID, big.SeriesInstanceUID, big.SOPInstanceUID + ".dcm"];
        Assert.True(ReceivedFiles.HaveEqualDataSets(bigFile, file), "the data set differs from the source's");
        Assert.Empty(ReceivedFiles.In(folder["spool"]));
    }
}
