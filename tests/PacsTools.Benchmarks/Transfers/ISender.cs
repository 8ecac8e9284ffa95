using PacsTools.Benchmarks.Data;
using PacsTools.Benchmarks.Running;

namespace PacsTools.Benchmarks.Transfers;

/// <summary>Whoever sends instances.</summary>
internal interface ISender
{
    /// <summary>Made ready once a benchmark.</summary>
    Task PrepareAsync(BenchRun run, Resources scope);

    /// <summary>Sends a load; the sample's seconds are the sender's.</summary>
    Task<Sample> SendAsync(Load load, Endpoint to);
}
