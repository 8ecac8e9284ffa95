using PacsTools.Benchmarks.Children;
using PacsTools.Benchmarks.Peers;
using PacsTools.Benchmarks.Running;
using PacsTools.TestKit.Peers;

namespace PacsTools.Benchmarks.Bars;

/// <summary>Bar 6: WADO-RS of the CT study into files, against curl into one, which does not ask the archive what there should be.</summary>
internal sealed class WadoBenchmark(string name, string method, string how)
    : PairBenchmark(name, new Bar(6, $"WADO-RS of the CT study from Orthanc{how}, against curl into one file (within 1.5 of its time)", 1 / 1.5))
{
    private Child? _child;
    private OrthancPeer? _orthanc;

    public override IReadOnlyList<string> Programs => ["Orthanc", "curl"];

    public override string? Obstacle() => base.Obstacle() ?? (OrthancPeer.DicomWebPlugin is null ? "Orthanc's DICOMweb plugin not found" : null);

    protected override async Task PrepareAsync(BenchRun run, Resources scope)
    {
        _child = scope.Add(await Child.StartAsync(run, RoleList.Retrieve));
        _orthanc = await Archives.OrthancAsync(scope, noDelay: true, [run.Loads.CT]);
    }

    protected override async Task<Sample> OursAsync(BenchRun run, int round)
    {
        ProcessUsage before = (await _child!.AskAsync("start")).Usage;
        Answer fetched = await _child.AskAsync("fetch", method, _orthanc!.Port, _orthanc.AETitle, _orthanc.DicomWeb.ToString().TrimEnd('/'), run.Loads.CT.StudyInstanceUID, run.NewFolder(), "-");
        return new Sample(fetched.Seconds, run.Loads.CT.Paths.Count) { Used = fetched.Usage.Since(before), Bytes = run.Loads.CT.Bytes };
    }

    protected override async Task<Sample> TheirsAsync(BenchRun run, int round)
    {
        string file = Path.Combine(run.NewFolder(), "study.multipart");
        Sample sample = await ClientTool.RunAsync(
            "curl", noDelay: true, null, "--silent", "--fail", "--output", file, "--header", "Accept: multipart/related; type=\"application/dicom\"; transfer-syntax=*", new Uri(_orthanc!.DicomWeb, $"studies/{run.Loads.CT.StudyInstanceUID}").ToString());
        return new FileInfo(file).Length >= run.Loads.CT.Bytes * 9 / 10
            ? sample with { Work = run.Loads.CT.Paths.Count, Bytes = run.Loads.CT.Bytes }
            : throw new InvalidOperationException("curl did not get the whole study.");
    }
}
