using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Storage;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Peers;

namespace PacsTools.Interop.Tests.Services;

/// <summary>Every DIMSE road to real archives, with proof.</summary>
public sealed class RoadTests
{
    private static readonly TestStudyOptions s_study = new() { Instances = 10, Series = 3, Rows = 64, Columns = 64, PatientID = "ROADS" };

    public static TheoryData<string, RetrieveMethod, QueryModel> Roads
    {
        get
        {
            var roads = new TheoryData<string, RetrieveMethod, QueryModel>();
            foreach (string server in new[] { "orthanc", "dcmqrscp" })
            {
                foreach (RetrieveMethod method in new[] { RetrieveMethod.CMove, RetrieveMethod.CGet })
                {
                    roads.Add(server, method, QueryModel.Study);
                    roads.Add(server, method, QueryModel.Patient);
                }
            }
            return roads;
        }
    }

    [Theory]
    [MemberData(nameof(Roads))]
    public async Task A_study_its_series_and_its_instances_arrive_proven(string server, RetrieveMethod method, QueryModel model)
    {
        using var receiver = new Receiver();
        await using LoadedArchive archive = await LoadedArchive.StartAsync(server, true, [s_study], receiver.Address);
        TestInstance[] all = [.. TestStudy.Create(s_study)];
        string[] series = [.. all.Select(i => i.SeriesInstanceUID).Distinct()];
        RetrieveRequest study = Request(receiver, archive, method, model);

        DicomRetrieveReport report = await ReceiveAsync(receiver, study with { Destination = Path.Combine(receiver.Folder, "study") });
        AssertComplete(report, 30, method);
        ReceivedFiles.AssertExactly(Path.Combine(receiver.Folder, "study"), all);

        // UID lists (PS3.4 C.2.2.2.2) are what recovery asks with.
        report = await ReceiveAsync(receiver, study with { Level = RetrieveLevel.Series, SeriesInstanceUIDs = series[..2], Destination = Path.Combine(receiver.Folder, "series") });
        AssertComplete(report, 20, method);
        ReceivedFiles.AssertExactly(Path.Combine(receiver.Folder, "series"), all.Where(i => i.SeriesInstanceUID != series[2]));

        TestInstance[] some = [.. all.Where(i => i.SeriesInstanceUID == series[1]).Take(4)];
        report = await ReceiveAsync(receiver, study with
        {
            Level = RetrieveLevel.Image,
            SeriesInstanceUIDs = [series[1]],
            SOPInstanceUIDs = [.. some.Select(i => i.SOPInstanceUID)],
            Destination = Path.Combine(receiver.Folder, "image"),
        });
        AssertComplete(report, 4, method);
        ReceivedFiles.AssertExactly(Path.Combine(receiver.Folder, "image"), some);
    }

    [Theory]
    [InlineData("orthanc")]
    [InlineData("dcmqrscp")]
    public async Task Auto_delivers_by_C_GET_where_nobody_knows_our_Storage_SCP(string server)
    {
        using var receiver = new Receiver();
        await using LoadedArchive archive = await LoadedArchive.StartAsync(server, true, [s_study]);
        DicomRetrieveReport report = await ReceiveAsync(receiver, Request(receiver, archive, RetrieveMethod.Auto, QueryModel.Study));
        Assert.True(report.Complete, report.Error?.Message);
        Assert.Equal("CGet", report.Method);
        Assert.Equal(["CMove", "CGet"], report.Attempts.Select(a => a.Method));
        Assert.NotNull(report.Attempts[0].Reason);
        ReceivedFiles.AssertExactly(receiver.Folder, TestStudy.Create(s_study));
    }

    [Theory]
    [InlineData("orthanc")]
    [InlineData("dcmqrscp")]
    public async Task Cancelling_a_C_GET_stops_it_and_leaves_whole_files(string server)
    {
        TestStudyOptions many = new() { Instances = 300, PatientID = "LONG" };
        using var receiver = new Receiver();
        await using LoadedArchive archive = await LoadedArchive.StartAsync(server, false, [many]);
        using var cancel = new CancellationTokenSource();
        int seen = 0;
        long asked = 0;
        RetrieveRun run = receiver.Coordinator.Start(
            Request(receiver, archive, RetrieveMethod.CGet, QueryModel.Study) with { StudyInstanceUID = TestStudy.StudyInstanceUID(many) }, receiver.Log, cancel.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (DicomInstanceFile _ in run.Instances)
            {
                if (++seen != 10)
                    continue;
                asked = System.Diagnostics.Stopwatch.GetTimestamp();
                await cancel.CancelAsync();
            }
        });
        await run.DisposeAsync();
        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(asked) < TimeSpan.FromSeconds(2));
        Assert.InRange(ReceivedFiles.AssertOnlyWhole(receiver.Folder, TestStudy.Create(many)), 10, 299);
    }

    private static void AssertComplete(DicomRetrieveReport report, int count, RetrieveMethod method)
    {
        Assert.True(report.Complete, report.Error?.Message);
        Assert.Equal((count, count, 0, method.ToString()), (report.Expected, report.Stored, report.Unexpected, report.Method));
        RetrieveAttempt attempt = Assert.Single(report.Attempts);
        Assert.Null(attempt.Note);
    }

    private static RetrieveRequest Request(Receiver receiver, LoadedArchive archive, RetrieveMethod method, QueryModel model) => new()
    {
        Node = archive.Peer.ToNode() with { QueryModel = model },
        StudyInstanceUID = TestStudy.StudyInstanceUID(s_study),
        Destination = receiver.Folder,
        Method = method,
        Scp = new StorageScpChoice(receiver.Scp),
        Retry = RetryPolicy.None,
    };

    private static Task<DicomRetrieveReport> ReceiveAsync(Receiver receiver, RetrieveRequest request) =>
        receiver.Coordinator.Start(request, receiver.Log, CancellationToken.None).DrainAsync();
}
