using PacsTools.Benchmarks.Children;
using PacsTools.Benchmarks.Data;
using PacsTools.Benchmarks.Running;
using PacsTools.Benchmarks.Transfers;
using PacsTools.TestKit.Peers;

namespace PacsTools.Benchmarks.Bars;

/// <summary>Bar 4: the sender against storescu, and what there is to reach: a sender that costs nothing in its place.</summary>
internal static class SendingBars
{
    private const int ForOrthanc = 500;

    public static IEnumerable<Benchmark> All =>
    [
        ToIgnoring("send-raw-ct", "CT from a sender that costs nothing", 1.5, (run, _) => run.Loads.CT, RoleList.RawSender),
        ToIgnoring("send-raw-tiny", "tiny from a sender that costs nothing", 2.5, (run, _) => run.Loads.Tiny0, RoleList.RawSender),
        ToIgnoring("send-ct", "CT", 1.5, (run, _) => run.Loads.CT),
        ToIgnoring("send-tiny", "tiny", 2.5, (run, _) => run.Loads.Tiny0),
        ToIgnoring("send-big", "big", 0.9, (run, _) => run.Loads.BigOne),
        new TransferBenchmark(
            "send-stock-storescp",
            new Bar(4, "tiny to storescp as shipped (theirs 500), against storescu", 30),
            (run, _) => run.Loads.Tiny0,
            new Way(new ChildSender(RoleList.Send), new StorescpReceiver(noDelay: false, "--ignore")),
            new Way(new StorescuSender(noDelay: false), new StorescpReceiver(noDelay: false, "--ignore")) { AtMost = 500 })
        {
            Receiving = false,
        },
        new TransferBenchmark(
            "send-stock-orthanc",
            new Bar(4, "tiny (500, new ones each time; theirs 250) to Orthanc as shipped, against storescu", 30),
            // Known instances would be answered without being stored.
            (run, number) => run.Loads.Tiny(1 + number, run.Options.Quick ? ForOrthanc / 10 : ForOrthanc),
            new Way(new ChildSender(RoleList.Send), new FixedReceiver(Orthanc)),
            new Way(new StorescuSender(noDelay: false), new FixedReceiver(Orthanc)) { AtMost = 250 })
        {
            Receiving = false,
            Needs = ["storescu", "Orthanc"],
        },
    ];

    private static TransferBenchmark ToIgnoring(string name, string what, double bound, Func<BenchRun, int, Load> load, string sender = RoleList.Send) => new(
        name,
        new Bar(4, $"{what} to storescp --ignore, 128 KB PDUs, against storescu", bound),
        load,
        new Way(new ChildSender(sender), Ignoring()),
        new Way(new StorescuSender(noDelay: true), Ignoring()))
    {
        Receiving = false,
    };

    private static StorescpReceiver Ignoring() => new(noDelay: true, "--ignore", "--max-pdu", "131072");

    private static async Task<ExternalPeer> Orthanc() => await OrthancPeer.StartAsync();
}
