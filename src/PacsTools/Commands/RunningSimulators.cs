using System.Globalization;
using System.Management.Automation;
using PacsTools.Pipeline;
using PacsTools.Services.Simulation;

namespace PacsTools.Commands;

/// <summary>The simulators of this process that -Port names; all without it.</summary>
internal static class RunningSimulators
{
    /// <summary>Those found, and one error for every port on which none runs.</summary>
    public static (IReadOnlyList<PacsSimulator> Found, IReadOnlyList<ErrorRecord> Missing) Select(int[] ports)
    {
        var all = PacsSimulatorRegistry.Shared.All;
        if (ports.Length == 0) return (all, []);
        var missing = ports.Where(port => all.All(simulator => simulator.Port != port));
        return ([.. all.Where(simulator => ports.Contains(simulator.Port))], [.. missing.Select(NotFound)]);
    }

    private static ErrorRecord NotFound(int port) => ErrorMap.Create(
        new ItemNotFoundException(string.Create(CultureInfo.InvariantCulture, $"No PACS simulator of this process runs on port {port}.")),
        "Simulator.NotFound", ErrorCategory.ObjectNotFound, port, "Get-PacsSimulator shows those that run.");
}
