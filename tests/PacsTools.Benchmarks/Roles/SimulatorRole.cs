using PacsTools.Benchmarks.Children;
using PacsTools.Services;
using PacsTools.Services.Simulation;

namespace PacsTools.Benchmarks.Roles;

/// <summary>The product's simulator over a folder. Job: start, folder.</summary>
internal sealed class SimulatorRole : IRole
{
    private PacsSimulator? _simulator;

    public Task<Answer> DoAsync(string[] words)
    {
        if (words[0] == "start")
            _simulator = PacsSimulator.Start(new PacsSimulatorOptions { Path = words[1] }, NoJobLog.Instance, CancellationToken.None);
        return Task.FromResult(new Answer(("port", _simulator!.Node.Port), ("instances", _simulator.Instances)));
    }
}
