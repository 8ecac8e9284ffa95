using PacsTools.Benchmarks.Children;
using PacsTools.Benchmarks.Data;
using PacsTools.Benchmarks.Running;
using PacsTools.Benchmarks.Transfers;

namespace PacsTools.Benchmarks.Bars;

/// <summary>Bars 1 to 3: the Storage SCP against storescp and against a plain socket.</summary>
internal static class ReceivingBars
{
    private const string LongPdus = "storescp +B, 128 KB PDUs";

    public static IEnumerable<Benchmark> All =>
    [
        new TransferBenchmark("receive-ct", new Bar(1, $"CT from storescu, against {LongPdus}", 1.0), CT, FromStorescu(), ToStorescp(FromStorescu().From))
        {
            Allocation = new Bar(8, "allocated for each CT instance received", 64, Sense.AtMost, "KiB"),
        },
        new TransferBenchmark("receive-tiny", new Bar(1, $"tiny from storescu, against {LongPdus}", 1.0), Tiny, FromStorescu(), ToStorescp(FromStorescu().From)),
        new TransferBenchmark("receive-big", new Bar(1, $"big from storescu, against {LongPdus}", 0.95), Big, FromStorescu(), ToStorescp(FromStorescu().From)),
        new TransferBenchmark("receive-big-plain", new Bar(1, "big from storescu, against storescp +B, 16 KB PDUs", 1.3), Big, FromStorescu(), new Way(new StorescuSender(noDelay: true), new StorescpReceiver(noDelay: true))),
        new TransferBenchmark("receive-raw-ct", new Bar(1, $"CT from a sender that costs nothing, against {LongPdus}", 1.2), CT, FromRaw(), ToStorescp(new ChildSender(RoleList.RawSender))) { Needs = ["storescp"] },
        new TransferBenchmark("receive-raw-tiny", new Bar(1, $"tiny from a sender that costs nothing, against {LongPdus}", 1.2), Tiny, FromRaw(), ToStorescp(new ChildSender(RoleList.RawSender))) { Needs = ["storescp"] },
        new TransferBenchmark("receive-stock-ct", new Bar(1, "CT from storescu as shipped (theirs 100), against storescp as shipped", 25), CT, Stock(), StockPeer(100)),
        new TransferBenchmark("receive-stock-tiny", new Bar(1, "tiny from storescu as shipped (theirs 500), against storescp as shipped", 80), Tiny, Stock(), StockPeer(500)),
        new TransferBenchmark("receive-four-ct", new Bar(2, "CT from four storescu, against storescp +B --fork, 128 KB PDUs", 1.2), CT, Four(new OurReceiver()), Four(Forking())),
        new TransferBenchmark("receive-four-tiny", new Bar(2, "tiny from four storescu, against storescp +B --fork, 128 KB PDUs", 1.2), Tiny, Four(new OurReceiver()), Four(Forking())),
        Floor("floor-big", "big", 0.85, Big),
        Floor("floor-ct", "CT", 0.7, CT),
        Floor("floor-tiny", "tiny", 0.6, Tiny),
    ];

    private static TransferBenchmark Floor(string name, string what, double bound, Func<BenchRun, int, Load> load) => new(
        name,
        new Bar(3, $"{what} from a sender that costs nothing, against the same bytes by a plain socket into files", bound),
        load,
        FromRaw(),
        new Way(new ChildSender(RoleList.FloorSender), new FloorReceiver()))
    {
        Needs = [],
    };

    private static Way FromStorescu() => new(new StorescuSender(noDelay: true), new OurReceiver());

    private static Way FromRaw() => new(new ChildSender(RoleList.RawSender), new OurReceiver());

    private static Way ToStorescp(ISender from) => new(from, new StorescpReceiver(noDelay: true, "--max-pdu", "131072"));

    private static Way Stock() => new(new StorescuSender(noDelay: false), new OurReceiver());

    private static Way StockPeer(int atMost) => new(new StorescuSender(noDelay: false), new StorescpReceiver(noDelay: false)) { AtMost = atMost };

    private static Way Four(IReceiver to) => new(new StorescuSender(noDelay: true, atOnce: 4), to);

    private static StorescpReceiver Forking() => new(noDelay: true, "--fork", "--max-pdu", "131072");

    private static Load CT(BenchRun run, int number) => run.Loads.CT;

    private static Load Tiny(BenchRun run, int number) => run.Loads.Tiny0;

    private static Load Big(BenchRun run, int number) => run.Loads.BigOne;
}
