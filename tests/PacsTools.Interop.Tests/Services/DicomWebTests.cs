using System.Threading.Channels;
using PacsTools.Services.Copying;
using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Sending;
using PacsTools.Services.Storage;
using PacsTools.Services.Web;
using PacsTools.TestKit;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Peers;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Services;

/// <summary>WADO-RS, QIDO-RS and STOW-RS with Orthanc's DICOMweb plugin.</summary>
public sealed class DicomWebTests
{
    private static readonly TestStudyOptions s_study = new() { Instances = 10, Series = 3, Rows = 64, Columns = 64, PatientID = "WEB" };

    [Fact]
    public async Task A_study_its_series_and_its_instances_arrive_proven()
    {
        await using OrthancPeer orthanc = await StartAsync();
        TestInstance[] all = [.. TestStudy.Create(s_study)];
        await orthanc.UploadAsync(all.Select(i => i.ToFile()));
        using var receiver = new Receiver();
        RetrieveRequest study = Request(orthanc, receiver);

        AssertComplete(await ReceiveAsync(receiver, study with { Destination = Path.Combine(receiver.Folder, "study") }), 30);
        ReceivedFiles.AssertExactly(Path.Combine(receiver.Folder, "study"), all);

        string[] series = [.. all.Select(i => i.SeriesInstanceUID).Distinct()];
        AssertComplete(await ReceiveAsync(receiver, study with { Level = RetrieveLevel.Series, SeriesInstanceUIDs = series[..2], Destination = Path.Combine(receiver.Folder, "series") }), 20);
        ReceivedFiles.AssertExactly(Path.Combine(receiver.Folder, "series"), all.Where(i => i.SeriesInstanceUID != series[2]));

        TestInstance[] some = [.. all.Where(i => i.SeriesInstanceUID == series[1]).Take(4)];
        AssertComplete(
            await ReceiveAsync(receiver, study with
            {
                Level = RetrieveLevel.Image,
                SeriesInstanceUIDs = [series[1]],
                SOPInstanceUIDs = [.. some.Select(i => i.SOPInstanceUID)],
                Destination = Path.Combine(receiver.Folder, "image"),
            }),
            4);
        ReceivedFiles.AssertExactly(Path.Combine(receiver.Folder, "image"), some);
    }

    [Fact]
    public async Task With_DIMSE_shut_off_Auto_delivers_all_the_same_and_says_so()
    {
        await using OrthancPeer orthanc = await StartAsync();
        await orthanc.UploadAsync(TestStudy.Create(s_study).Select(i => i.ToFile()));
        using var receiver = new Receiver();
        RetrieveRequest request = Request(orthanc, receiver) with { Method = RetrieveMethod.Auto };
        DicomRetrieveReport report = await ReceiveAsync(receiver, request with { Node = request.Node with { Port = LoopbackPort.Take() } });
        Assert.True(report.Complete, report.Error?.Message);
        Assert.Equal((30, 30, "DicomWeb"), (report.Expected, report.Stored, report.Method));
        Assert.Equal(["CMove", "DicomWeb"], report.Attempts.Select(a => a.Method));
        Assert.Contains("connection refused", report.Attempts[0].Reason, StringComparison.Ordinal);
        ReceivedFiles.AssertExactly(receiver.Folder, TestStudy.Create(s_study));
    }

    [Fact]
    public async Task What_is_sent_by_STOW_lies_there_as_it_lay_here()
    {
        await using OrthancPeer orthanc = await StartAsync();
        using var folder = new TemporaryFolder("stow");
        TestInstance[] all = [.. TestStudy.Create(s_study)];
        Channel<string> paths = Channel.CreateUnbounded<string>();
        foreach (TestInstance instance in all)
            paths.Writer.TryWrite(instance.Save(folder.Path));
        paths.Writer.Complete();
        var request = new SendRequest { Node = Node(orthanc), Retry = RetryPolicy.None };
        List<SendReport> reports = await new StowSender().SendAsync(request, paths.Reader, new RecordingLog()).ToListAsync();
        Assert.All(reports, r => Assert.Equal((SendOutcome.Stored, null), (r.Result!.Outcome, r.Error)));
        Assert.Equal(all.Length, await orthanc.CountInstancesAsync());
        foreach (TestInstance instance in all.Take(3))
            Assert.Equal(instance.DataSet, TestInstance.DataSetOf(await orthanc.GetFileAsync(instance.SOPInstanceUID)));
    }

    [Fact]
    public async Task A_large_instance_grows_the_peak_memory_by_less_than_64_MiB()
    {
        long size = Environment.GetEnvironmentVariable("PACSTOOLS_LONG") == "1" ? 1536L << 20 : 256L << 20;
        Requirement.That("linux", PeakMemory.IsAvailable, "Peak memory is read from /proc, which this system lacks.");
        using var folder = new TemporaryFolder("bigweb");
        long free = new DriveInfo(folder.Path).AvailableFreeSpace;
        Requirement.That("disk", free > 2 * size + (512L << 20), $"Two files of {size >> 20} MiB are needed; {folder.Path} has {free >> 20} MiB free.");
        TestInstance small = TestStudy.CreateOne(new TestStudyOptions());
        string smallFile = small.Save(folder.Create("sent")), bigFile = folder["sent", "big.dcm"], received = folder["received"];
        TestInstance big = BigInstance.Save(bigFile, size);
        using var server = new FileWado(new() { [small.StudyInstanceUID] = smallFile, [big.StudyInstanceUID] = bigFile });
        long growth = await WadoProcess.MeasureAsync(server.Base, small.StudyInstanceUID, big.StudyInstanceUID, received);
        TestContext.Current.TestOutputHelper?.WriteLine($"the peak grew by {growth >> 10} KiB for {size >> 20} MiB");
        Assert.True(growth < 64 << 20, $"the peak grew by {growth >> 20} MiB");
        string file = Path.Combine(received, big.StudyInstanceUID, big.SeriesInstanceUID, big.SOPInstanceUID + ".dcm");
        Assert.True(ReceivedFiles.HaveEqualDataSets(bigFile, file), "the data set differs from what was sent");
    }

    [Fact]
    public async Task Name_and_password_are_Orthancs_to_check()
    {
        await using OrthancPeer orthanc = await StartAsync(new OrthancOptions { DicomWeb = true, HttpUser = ("reader", "sésame öffne dich") });
        await orthanc.UploadAsync(TestStudy.Create(s_study).Select(i => i.ToFile()));
        using var receiver = new Receiver();
        RetrieveRequest request = Request(orthanc, receiver);
        // Wrong, and none at all: told once, and nothing is tried again.
        foreach (DicomWebCredential? credential in new[] { new DicomWebCredential("reader", new PacsSecret("wrong")), null })
        {
            DicomRetrieveReport refused = await ReceiveAsync(receiver, request with { Node = request.Node with { DicomWebCredential = credential }, Retry = new RetryPolicy() });
            Assert.Equal("DicomWeb.Unauthorized", Assert.IsType<DicomWebException>(refused.Error).Id);
            Assert.DoesNotContain("wrong", refused.Error.ToString(), StringComparison.Ordinal);
            Assert.Single(refused.Attempts);
            Assert.Equal((false, 0), (refused.Complete, refused.Stored));
        }

        var own = new DicomWebCredential("reader", new PacsSecret("sésame öffne dich"));
        AssertComplete(await ReceiveAsync(receiver, request with { Node = request.Node with { DicomWebCredential = own } }), 30);
        ReceivedFiles.AssertExactly(receiver.Folder, TestStudy.Create(s_study));
    }

    [Theory]
    [InlineData(RetrieveMethod.DicomWeb)]
    [InlineData(RetrieveMethod.Auto)]
    public async Task A_study_is_copied_from_DICOMweb_to_an_archive_of_associations(RetrieveMethod method)
    {
        await using OrthancPeer orthanc = await StartAsync();
        TestInstance[] all = [.. TestStudy.Create(s_study)];
        await orthanc.UploadAsync(all.Select(i => i.ToFile()));
        await using OrthancPeer destination = await OrthancPeer.StartAsync(new OrthancOptions { AETitle = "OTHER", NoDelay = true });
        using var receiver = new Receiver();
        using var spool = new TemporaryFolder("webspool");
        RetrieveRequest source = Request(orthanc, receiver) with { Method = method };
        var copy = new CopyRequest
        {
            // The associations of the source are shut off: what comes, comes by HTTP.
            Source = source with { Node = source.Node with { Port = LoopbackPort.Closed() } },
            DestinationNode = destination.ToNode(),
            SpoolRoot = spool.Path,
        };
        DicomRetrieveReport report = await receiver.Copier.CopyAsync(copy, receiver.Log, CancellationToken.None);
        Assert.True(report.Complete, report.Error?.Message);
        Assert.Equal((30, 30, "DicomWeb"), (report.Expected, report.Stored, report.Method));
        Assert.Equal(30, await destination.CountInstancesAsync());
        foreach (TestInstance instance in all.Take(3))
            Assert.Equal(instance.DataSet, TestInstance.DataSetOf(await destination.GetFileAsync(instance.SOPInstanceUID)));
        Assert.Empty(ReceivedFiles.In(spool.Path));
        Assert.Empty(ReceivedFiles.In(receiver.Folder));
    }

    [Fact]
    public async Task By_its_own_UID_alone_a_series_and_an_instance_are_found()
    {
        await using OrthancPeer orthanc = await StartAsync();
        TestInstance[] all = [.. TestStudy.Create(s_study)];
        await orthanc.UploadAsync(all.Select(i => i.ToFile()));
        using var receiver = new Receiver();
        var lookup = new WebUidLookup();
        RetrieveRequest request = Request(orthanc, receiver);
        Assert.Equal(all[0].StudyInstanceUID, await lookup.StudyOfSeriesAsync(request, all[0].SeriesInstanceUID, receiver.Log, CancellationToken.None));
        Assert.Equal((all[^1].StudyInstanceUID, all[^1].SeriesInstanceUID), await lookup.ParentsOfInstanceAsync(request, all[^1].SOPInstanceUID, receiver.Log, CancellationToken.None));
        Assert.Equal("DicomWeb.NotFound", (await Assert.ThrowsAsync<DicomWebException>(() => lookup.StudyOfSeriesAsync(request, "1.2.3", receiver.Log, CancellationToken.None))).Id);
    }

    private static Task<OrthancPeer> StartAsync(OrthancOptions? options = null)
    {
        Requirement.Orthanc();
        Requirement.That("orthanc-dicomweb", OrthancPeer.DicomWebPlugin is not null, "Orthanc's DICOMweb plugin is not installed.");
        return OrthancPeer.StartAsync(options ?? new OrthancOptions { DicomWeb = true });
    }

    private static PacsNode Node(OrthancPeer orthanc) => orthanc.ToNode() with { DicomWebUri = orthanc.DicomWeb };

    private static RetrieveRequest Request(OrthancPeer orthanc, Receiver receiver) => new()
    {
        Node = Node(orthanc),
        StudyInstanceUID = TestStudy.StudyInstanceUID(s_study),
        Destination = receiver.Folder,
        Method = RetrieveMethod.DicomWeb,
        Scp = new StorageScpChoice(receiver.Scp),
        Retry = RetryPolicy.None,
    };

    private static void AssertComplete(DicomRetrieveReport report, int count)
    {
        Assert.True(report.Complete, report.Error?.Message);
        Assert.Equal((count, count, 0, "DicomWeb"), (report.Expected, report.Stored, report.Unexpected, report.Method));
        Assert.Null(Assert.Single(report.Attempts).Note);
    }

    private static Task<DicomRetrieveReport> ReceiveAsync(Receiver receiver, RetrieveRequest request) =>
        receiver.Coordinator.Start(request, receiver.Log, CancellationToken.None).DrainAsync();
}
