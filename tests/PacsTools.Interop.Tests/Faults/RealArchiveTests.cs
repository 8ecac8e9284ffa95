using System.Globalization;
using System.Net;
using PacsTools.Interop.Tests.Services;
using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Storage;
using PacsTools.TestKit;
using PacsTools.TestKit.Faults;
using PacsTools.TestKit.Peers;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Faults;

/// <summary>A few schedules of faults between us and an archive that is none of ours, both ways.</summary>
public sealed class RealArchiveTests : IDisposable
{
    private const int Schedules = 12;
    private const ulong Seed = 1;
    private readonly TemporaryFolder _folder = new("real");
    private readonly StorageScpRegistry _scps = new();
    private readonly QuickTime _time = new();
    private readonly RecordingLog _log = new();
    private readonly FaultStudy _study = new();
    private readonly List<string> _wrong = [];

    public void Dispose()
    {
        _scps.StopAll();
        _study.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(nameof(RetrieveMethod.CMove))]
    [InlineData(nameof(RetrieveMethod.CGet))]
    public async Task Nothing_is_lost_or_invented_between_us_and_dcmqrscp(string method)
    {
        FaultSchedule? schedule = null;
        int[] before = [0, 0];
        StorageScp scp = _scps.Start(new StorageScpOptions { AETitle = ScheduleScene.ScpTitle, Port = 0, BindAddress = IPAddress.Loopback, TimeProvider = _time });
        FaultProxy[] links = new FaultProxy[2];
        int archivePort = 0;
        using FaultProxy ours = links[0] = new FaultProxy(() => archivePort, LinkKind.Dicom, connection => schedule?.Script(0, connection - before[0]) ?? ConnectionScript.Clean);
        using FaultProxy theirs = links[1] = new FaultProxy(() => scp.Port, LinkKind.Dicom, connection => schedule?.Script(1, connection - before[1]) ?? ConnectionScript.Clean);
        await using DcmqrscpPeer archive = await DcmqrscpPeer.StartAsync(new DcmqrscpOptions { NoDelay = true, MoveDestinations = [new MoveDestination(scp.AETitle, theirs.Port)] });
        archivePort = archive.Port;
        await archive.IndexAsync(_study.Paths);
        PacsNode node = archive.ToNode() with { Port = ours.Port, Timeout = TimeSpan.FromSeconds(20) };
        for (int number = 1; number <= Schedules; number++)
        {
            before = [ours.Accepted, theirs.Accepted];
            schedule = new FaultSchedule(new SeededChoice(Seed, (ulong)number), LinkKind.Dicom, LinkKind.Dicom);
            _time.Rate = schedule.IsBenign ? 1 : 10;
            int struck = ours.Journal.Count + theirs.Journal.Count;
            DicomRetrieveReport report = await RetrieveAsync(node, scp, method, string.Create(CultureInfo.InvariantCulture, $"faulty {number}"));
            TestContext.Current.TestOutputHelper?.WriteLine($"{number}: {report.Stored} stored, {ours.Journal.Count + theirs.Journal.Count - struck} faults struck. {report.Error?.Message}");
            if (schedule.IsBenign && !report.Complete)
                _wrong.Add($"schedule {number}: nothing but time was lost, and: {report.Error?.Message}");
            await Eventually.TrueAsync(() => links.All(l => l.Open == 0) && scp.Associations == 0, "nothing stays open");
            (schedule, _time.Rate) = (null, 1);
            report = await RetrieveAsync(node, scp, method, string.Create(CultureInfo.InvariantCulture, $"clean {number}"));
            if (!report.Complete)
                _wrong.Add($"after schedule {number}, with nothing in the way: {report.Error}");
        }
        Assert.DoesNotContain(ScheduleScene.FilesIn(_folder.Path), f => f.EndsWith(".part", StringComparison.Ordinal));
        Assert.True(_wrong.Count == 0, string.Join('\n', _wrong));
    }

    private async Task<DicomRetrieveReport> RetrieveAsync(PacsNode node, StorageScp scp, string method, string phase)
    {
        var request = new RetrieveRequest
        {
            Node = node,
            StudyInstanceUID = _study.StudyInstanceUID,
            Destination = _folder[phase],
            Method = Enum.Parse<RetrieveMethod>(method),
            Scp = new StorageScpChoice(scp),
            Retry = new RetryPolicy(0),
        };
        var emitted = new List<DicomInstanceFile>();
        DicomRetrieveReport report = await new RetrieveCoordinator(new DirectAssociations(_time), _scps, _time).Start(request, _log, CancellationToken.None).DrainAsync(emitted.Add).WaitAsync(TimeSpan.FromSeconds(90));
        new RetrieveCheck(_study, text => _wrong.Add($"{phase}: {text}")).Check(report, emitted, ScheduleScene.FilesIn(_folder[phase]));
        return report;
    }
}
