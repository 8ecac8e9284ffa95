using System.Diagnostics;
using System.Globalization;
using PacsTools.Benchmarks.Children;
using PacsTools.Benchmarks.Data;
using PacsTools.Benchmarks.Peers;
using PacsTools.Benchmarks.Roles;
using PacsTools.Benchmarks.Running;
using PacsTools.TestKit.Peers;
using PacsTools.TestKit.Processes;

namespace PacsTools.Benchmarks.Bars;

/// <summary>Bar 6: our retrieve of the CT study, end to end with its verification, against movescu or getscu from the same archive.</summary>
internal sealed class RetrieveBenchmark(string name, Bar bar, string server, string method) : PairBenchmark(name, bar)
{
    private const string TheirTitle = "MOVESCU";
    private Child? _child;
    private ExternalPeer? _archive;
    private int _theirPort;

    public static IEnumerable<Benchmark> All =>
    [
        // 0.7 of the time is 1.43 times the rate.
        new RetrieveBenchmark("move-dcmqrscp", new Bar(6, "C-MOVE of the CT study from dcmqrscp, against movescu +B", 1 / 0.7), "dcmqrscp", "CMove"),
        new RetrieveBenchmark("move-orthanc", new Bar(6, "C-MOVE of the CT study from Orthanc, against movescu +B", 1.0), "Orthanc", "CMove")
        {
            First = new Bar(6, "first instance of a C-MOVE from Orthanc after the request, against movescu's", 10),
        },
        new RetrieveBenchmark("get-dcmqrscp", new Bar(6, "C-GET of the CT study from dcmqrscp, against getscu +B", 1.0), "dcmqrscp", "CGet"),
        new RetrieveBenchmark("get-orthanc", new Bar(6, "C-GET of the CT study from Orthanc, against getscu +B", 1.0), "Orthanc", "CGet"),
        new RetrieveBenchmark("move-stock", new Bar(6, "C-MOVE of the CT study (theirs 100 images) from Orthanc as shipped, against movescu +B", 20), "Orthanc", "CMove") { Stock = true },
        new RetrieveBenchmark("get-stock", new Bar(6, "C-GET of the CT study (theirs 100 images) from Orthanc as shipped, against getscu +B", 20), "Orthanc", "CGet") { Stock = true },
    ];

    /// <summary>The bar on the first instance.</summary>
    public Bar? First { get; init; }

    /// <summary>Nagle on in the archive and in their client, as shipped.</summary>
    public bool Stock { get; init; }

    public override IReadOnlyList<Bar> Bars => First is null ? base.Bars : [.. base.Bars, First];

    public override IReadOnlyList<string> Programs => [server, method == "CMove" ? "movescu" : "getscu"];

    protected override async Task PrepareAsync(BenchRun run, Resources scope)
    {
        _child = scope.Add(await Child.StartAsync(run, RoleList.Retrieve));
        _theirPort = LoopbackPort.Take();
        MoveDestination[] destinations = [new(RetrieveRole.AETitle, (await _child.AskAsync("start")).Port), new(TheirTitle, _theirPort)];
        _archive = server == "Orthanc"
            ? await Archives.OrthancAsync(scope, !Stock, Stock ? [run.Loads.CT, run.Loads.CTFew] : [run.Loads.CT], destinations)
            : await Archives.DcmqrscpAsync(scope, run.Loads.CT, destinations);
    }

    protected override async Task<Sample> OursAsync(BenchRun run, int round)
    {
        ProcessUsage before = (await _child!.AskAsync("start")).Usage;
        Answer fetched = await _child.AskAsync("fetch", method, _archive!.Port, _archive.AETitle, "-", run.Loads.CT.StudyInstanceUID, run.NewFolder(), "-");
        return new Sample(fetched.Seconds, run.Loads.CT.Paths.Count) { Used = fetched.Usage.Since(before), First = fetched["first"] };
    }

    protected override async Task<Sample> TheirsAsync(BenchRun run, int round)
    {
        Load load = Stock ? run.Loads.CTFew : run.Loads.CT;
        string folder = run.NewFolder(), port = _archive!.Port.ToString(CultureInfo.InvariantCulture);
        string[] common = ["--call", _archive.AETitle, "-S", "+B", "-k", "0008,0052=STUDY", "-k", $"0020,000d={load.StudyInstanceUID}"];
        // movescu +B heeds no output folder, only the one it runs in.
        string[] arguments = method == "CMove"
            ? ["--aetitle", TheirTitle, "--move", TheirTitle, "--port", _theirPort.ToString(CultureInfo.InvariantCulture), .. common, "127.0.0.1", port]
            : ["--output-directory", folder, .. common, "127.0.0.1", port];
        using var over = new CancellationTokenSource();
        Task<double> first = FirstFileAsync(folder, over.Token);
        Sample sample = await ClientTool.RunAsync(method == "CMove" ? "movescu" : "getscu", !Stock, folder, arguments);
        await over.CancelAsync();
        int files = Directory.EnumerateFiles(folder).Count();
        return files == load.Paths.Count
            ? sample with { Work = files, First = await first }
            : throw new InvalidOperationException($"{files} of {load.Paths.Count} files came.");
    }

    protected override IEnumerable<BarResult> Judge(IReadOnlyList<Pair> pairs)
    {
        foreach (BarResult result in base.Judge(pairs))
            yield return result;
        if (First is null)
            yield break;
        yield return new BarResult(First)
        {
            Value = Spread.Of(pairs.Select(p => p.Theirs.First!.Value / p.Ours.First!.Value)),
            Ours = $"{Figure.Short(Spread.Of(pairs.Select(p => p.Ours.First!.Value * 1000)).Median)} ms",
            Theirs = $"{Figure.Short(Spread.Of(pairs.Select(p => p.Theirs.First!.Value * 1000)).Median)} ms",
        };
    }

    private static async Task<double> FirstFileAsync(string folder, CancellationToken over)
    {
        long start = Stopwatch.GetTimestamp();
        while (!over.IsCancellationRequested && !Directory.EnumerateFiles(folder).Any())
            await Task.Delay(2, CancellationToken.None);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
