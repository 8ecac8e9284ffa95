using PacsTools.Benchmarks.Running;

namespace PacsTools.Benchmarks.Transfers;

/// <summary>Whoever listens for instances.</summary>
internal interface IReceiver
{
    /// <summary>Made ready once a benchmark.</summary>
    Task PrepareAsync(BenchRun run, Resources scope);

    /// <summary>Listens for one transfer into a folder of its own.</summary>
    Task<Endpoint> StartAsync(BenchRun run);

    /// <summary>Ends it and tells what it took; checks that as many instances came as were sent.</summary>
    Task<ProcessUsage> StopAsync(int expected);
}

/// <summary>Where a receiver listens, on this machine.</summary>
internal sealed record Endpoint(int Port, string AETitle);
