namespace PacsTools.Services.Simulation;

/// <summary>The simulators of the process, shared by all runspaces. What runs at its end is stopped then, so that nothing stays on disk.</summary>
internal sealed class PacsSimulatorRegistry
{
    private readonly object _gate = new();
    private readonly List<PacsSimulator> _running = [];

    /// <summary>The registry of the process.</summary>
    public static readonly PacsSimulatorRegistry Shared = CreateShared();

    /// <summary>Those that run, in the order of their start.</summary>
    public IReadOnlyList<PacsSimulator> All
    {
        get
        {
            lock (_gate)
                return [.. _running];
        }
    }

    public void Add(PacsSimulator simulator)
    {
        lock (_gate)
            _running.Add(simulator);
    }

    public void Remove(PacsSimulator simulator)
    {
        lock (_gate)
            _running.Remove(simulator);
    }

    public void StopAll()
    {
        foreach (var simulator in All)
            simulator.Stop();
    }

    private static PacsSimulatorRegistry CreateShared()
    {
        var registry = new PacsSimulatorRegistry();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => registry.StopAll();
        return registry;
    }
}
