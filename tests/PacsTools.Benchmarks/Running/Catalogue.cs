using PacsTools.Benchmarks.Bars;

namespace PacsTools.Benchmarks.Running;

/// <summary>Every benchmark, in the order of the bars.</summary>
internal static class Catalogue
{
    public static IReadOnlyList<Benchmark> All { get; } =
    [
        .. ReceivingBars.All,
        .. SendingBars.All,
        .. FindBenchmark.All,
        new FindPowerShellBenchmark(),
        new SimulatorBenchmark(),
        .. RetrieveBenchmark.All,
        new WadoBenchmark("wado-rs", "DicomWeb", ", with the QIDO-RS for what there should be"),
        new WadoBenchmark("wado-rs-unproved", "DicomWeb.", ", without asking what there should be"),
        new RetrievePowerShellBenchmark(),
        .. EchoBenchmark.All,
        new StallBenchmark(),
        new ImportBenchmark(),
        new HeadersBenchmark(),
    ];
}
