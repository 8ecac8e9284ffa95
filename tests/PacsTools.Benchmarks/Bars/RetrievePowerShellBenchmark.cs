using PacsTools.Benchmarks.Children;
using PacsTools.Benchmarks.Peers;
using PacsTools.Benchmarks.Roles;
using PacsTools.Benchmarks.Running;
using PacsTools.TestKit.Peers;
using PacsTools.TestKit.Processes;

namespace PacsTools.Benchmarks.Bars;

/// <summary>Bar 6: Find-DicomStudy | Receive-DicomStudy, objects emitted, against the same query and retrieve by the engine alone.</summary>
internal sealed class RetrievePowerShellBenchmark() : PowerShellBenchmark("retrieve-powershell", new Bar(6, "find and C-MOVE of the CT study from Orthanc in PowerShell, against the engine alone (within 10 %)", 0.9))
{
    private const string Title = "BENCH_PWSH";
    private const string Patient = "BENCH-CT";
    private Child? _engine;
    private OrthancPeer? _orthanc;

    public override IReadOnlyList<string> Programs => ["pwsh", "Orthanc"];

    protected override async Task PrepareAsync(BenchRun run, Resources scope)
    {
        await base.PrepareAsync(run, scope);
        _engine = scope.Add(await Child.StartAsync(run, RoleList.Retrieve));
        int enginePort = (await _engine.AskAsync("start")).Port, port = LoopbackPort.Take();
        _orthanc = await Archives.OrthancAsync(scope, noDelay: true, [run.Loads.CT], new MoveDestination(RetrieveRole.AETitle, enginePort), new MoveDestination(Title, port));
        await Host.RunAsync($"Start-StorageScp -AETitle {Title} -Port {port} | Out-Null; 1");
    }

    protected override Task<Sample> OursAsync(BenchRun run, int round) => CountAsync(
        $"$n = 0; Find-DicomStudy {_orthanc!.Address} -PatientID {Patient} | Receive-DicomStudy -Method CMove -Destination '{run.NewFolder()}' | ForEach-Object {{ $n++ }}; $n",
        run.Loads.CT.Paths.Count);

    protected override async Task<Sample> TheirsAsync(BenchRun run, int round)
    {
        ProcessUsage before = (await _engine!.AskAsync("start")).Usage;
        Answer fetched = await _engine.AskAsync("fetch", "CMove", _orthanc!.Port, _orthanc.AETitle, "-", run.Loads.CT.StudyInstanceUID, run.NewFolder(), Patient);
        return new Sample(fetched.Seconds, run.Loads.CT.Paths.Count) { Used = fetched.Usage.Since(before) };
    }
}
