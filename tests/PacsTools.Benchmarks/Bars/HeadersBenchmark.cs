using PacsTools.Benchmarks.Children;
using PacsTools.Benchmarks.Data;
using PacsTools.Benchmarks.Peers;
using PacsTools.Benchmarks.Running;

namespace PacsTools.Benchmarks.Bars;

/// <summary>Bar 10: headers of 10,000 files, stopping before the pixel data, against dcmdump in one process.</summary>
internal sealed class HeadersBenchmark() : PairBenchmark("headers", new Bar(10, "headers of 10,000 files, against dcmdump +P", 3))
{
    private Child? _child;
    private string[] _paths = [];
    private string _list = "";

    public override IReadOnlyList<string> Programs => ["dcmdump"];

    protected override async Task PrepareAsync(BenchRun run, Resources scope)
    {
        _child = scope.Add(await Child.StartAsync(run, RoleList.Headers));
        _paths = [.. run.Loads.Tiny0.Paths, .. run.Loads.AllStudies.Paths];
        _list = Path.Combine(run.NewFolder(), "headers.list");
        await File.WriteAllLinesAsync(_list, _paths);
    }

    protected override async Task<Sample> OursAsync(BenchRun run, int round)
    {
        ProcessUsage before = (await _child!.AskAsync(_list, "nothing")).Usage;
        Answer read = await _child.AskAsync(_list, "read");
        return new Sample(read.Seconds, _paths.Length) { Used = read.Usage.Since(before) };
    }

    protected override async Task<Sample> TheirsAsync(BenchRun run, int round) =>
        await ClientTool.RunAsync("dcmdump", noDelay: true, null, ["+P", "0010,0010", "+P", "0008,0018", .. _paths]) with { Work = _paths.Length };
}
