using System.Threading.Channels;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Diagnosis;
using PacsTools.Services.Query;
using PacsTools.Services.Resilience;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Sending;
using PacsTools.Services.Storage;
using PacsTools.Services.Web;

namespace PacsTools.Interop.Tests.Faults;

/// <summary>Runs one job over the first link of a scene and holds what it says against what is there.</summary>
/// <param name="scene">The peers.</param>
/// <param name="wrong">Told of everything that is not as it is said.</param>
internal sealed class Jobs(ScheduleScene scene, Action<string> wrong)
{
    private const int Echoes = 3;

    /// <param name="kind">Which.</param>
    /// <param name="phase">A name for the folders of this run.</param>
    public Task<JobResult> RunAsync(JobKind kind, string phase) => kind switch
    {
        JobKind.Echo => EchoAsync(),
        JobKind.Find => FindAsync(),
        JobKind.Move => RetrieveAsync(RetrieveMethod.CMove, phase),
        JobKind.Get => RetrieveAsync(RetrieveMethod.CGet, phase),
        JobKind.Wado => RetrieveAsync(RetrieveMethod.DicomWeb, phase),
        JobKind.Store => SendAsync(new FileSender(scene.Direct, scene.Time).SendAsync),
        JobKind.Stow => SendAsync(new StowSender(scene.Time).SendAsync),
        _ => new ReceiveJob(scene, wrong).RunAsync(),
    };

    private async Task<JobResult> EchoAsync()
    {
        int good = 0;
        Exception? error = null;
        await foreach (EchoResult result in new EchoScu(scene.Direct, scene.Time).EchoAsync(scene.Node, Echoes))
        {
            if (result.Success == result.Error is not null || (result.Success && result.Status != 0))
                wrong($"an echo has success {result.Success}, status {result.Status:X4} and error {result.Error?.Message}");
            good += result.Success ? 1 : 0;
            error ??= result.Error;
        }
        if (error is null && good < Echoes)
            wrong($"{good} of {Echoes} echoes were answered, and nothing says why not all");
        return new JobResult(good, Echoes, error);
    }

    private async Task<JobResult> FindAsync()
    {
        var found = new HashSet<string>();
        Exception? error = null;
        int warnings = scene.Log.Warnings.Count;
        try
        {
            var query = new InstanceQuery { StudyInstanceUID = [scene.Study.StudyInstanceUID], Retry = scene.Retry };
            await foreach (DicomInstanceInfo match in new QueryFinder(new FindScu(scene.Associations, scene.Time), scene.Time).FindAsync(scene.Node, query, scene.Log))
            {
                if (!found.Add(match.SOPInstanceUID!) || scene.Study.Instances.All(i => i.SOPInstanceUID != match.SOPInstanceUID))
                    wrong($"the query found {match.SOPInstanceUID} twice, or found what there is not");
            }
        }
        catch (DicomException e)
        {
            error = e;
        }
        // A status of warning ends a query too, and is told.
        if (error is null && found.Count < scene.Study.Instances.Count && scene.Log.Warnings.Count == warnings)
            wrong($"the query ended well with {found.Count} of {scene.Study.Instances.Count} instances");
        return new JobResult(found.Count, scene.Study.Instances.Count, error);
    }

    private async Task<JobResult> RetrieveAsync(RetrieveMethod method, string phase)
    {
        string destination = scene.Destination(phase);
        var request = new RetrieveRequest
        {
            Node = scene.Node,
            StudyInstanceUID = scene.Study.StudyInstanceUID,
            Destination = destination,
            Method = method,
            Scp = new StorageScpChoice(scene.Scp),
            Retry = scene.Retry,
        };
        var emitted = new List<DicomInstanceFile>();
        DicomRetrieveReport report = await new RetrieveCoordinator(scene.Associations, scene.Scps, scene.Time).Start(request, scene.Log, CancellationToken.None).DrainAsync(emitted.Add);
        new RetrieveCheck(scene.Study, wrong).Check(report, emitted, ScheduleScene.FilesIn(destination));
        return new JobResult((report.Stored ?? 0) + report.Duplicate + report.Unexpected, scene.Study.Instances.Count, report.Error);
    }

    private async Task<JobResult> SendAsync(Func<SendRequest, ChannelReader<string>, PacsTools.Services.IJobLog, CancellationToken, IAsyncEnumerable<SendReport>> send)
    {
        Channel<string> paths = Channel.CreateUnbounded<string>();
        foreach (string path in scene.Study.Paths)
            paths.Writer.TryWrite(path);
        paths.Writer.Complete();
        var request = new SendRequest { Node = scene.Node, Associations = scene.SendAssociations, Retry = scene.Retry };
        var reports = new List<SendReport>();
        await foreach (SendReport report in send(request, paths.Reader, scene.Log, CancellationToken.None))
            reports.Add(report);
        string[] files = ScheduleScene.FilesIn(scene.Archive.PrivateFolder);
        HashSet<string> held = [];
        foreach (string file in files.Where(f => !f.EndsWith(".part", StringComparison.Ordinal)))
        {
            if (scene.Study.Recognize(file) is { } uid)
                held.Add(uid);
            else
                wrong($"the archive keeps {file}, which is none of the instances sent");
        }
        foreach (string path in scene.Study.Paths.Where(p => reports.Count(r => r.Path == p) != 1))
            wrong($"{path} has {reports.Count(r => r.Path == path)} reports");
        foreach (SendReport report in reports)
        {
            bool isStored = report.Result?.Outcome is SendOutcome.Stored or SendOutcome.StoredWithWarning;
            if (isStored == report.Error is not null)
                wrong($"{report.Path} is {report.Result?.Outcome} with error {report.Error?.Message}");
            if (isStored && !held.Contains(report.Result!.SOPInstanceUID))
                wrong($"{report.Path} is {report.Result.Outcome}, and the archive does not have it");
            if (report.Error is not null and not (DicomException or SendException))
                wrong($"{report.Path} ended with {report.Error}");
        }
        return new JobResult(reports.Count(r => r.Error is null), scene.Study.Paths.Count, reports.Select(r => r.Error).FirstOrDefault(e => e is not null));
    }
}
