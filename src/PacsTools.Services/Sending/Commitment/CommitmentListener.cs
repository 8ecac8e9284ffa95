using System.Globalization;
using PacsTools.Services.Nodes;
using PacsTools.Services.Storage;

namespace PacsTools.Services.Sending;

/// <summary>Where archives can call us back with their reports: the Storage SCPs of the process, each of which takes them (PS3.4 J.3.3).</summary>
internal sealed class CommitmentListener
{
    private readonly StorageScpRegistry _registry;
    private readonly IReadOnlyList<int> _ports;
    private readonly string? _problem;

    private CommitmentListener(StorageScpRegistry registry, IReadOnlyList<int> ports, string? problem)
    {
        _registry = registry;
        _ports = ports;
        _problem = problem;
    }

    /// <summary>Nothing was started to listen: only reports on the association of the request can arrive, unless some Storage SCP runs all the same.</summary>
    public static CommitmentListener None { get; } = Without(StorageScpRegistry.Shared);

    /// <summary>True if an archive that calls back finds somebody, started for it or not.</summary>
    public bool CanBeCalled => _ports.Count > 0 || _registry.All.Count > 0;

    public static CommitmentListener Without(StorageScpRegistry registry) => new(registry, [], "none was started.");

    /// <summary>Finds or starts a Storage SCP. One that cannot be started is an error only if it was asked for: many archives report on the association of the request.</summary>
    /// <exception cref="StorageScpException">The one that was asked for is not there and cannot be started.</exception>
    public static CommitmentListener Open(StorageScpRegistry registry, StorageScpChoice choice, PacsNode node, IJobLog log)
    {
        var asked = choice.Scp is not null || choice.AETitle is not null || choice.Port is not null;
        var running = registry.All;
        if (!asked && node.ScpAETitle is null && node.ScpPort is null && running.Count > 0)
            return new CommitmentListener(registry, [.. running.Select(s => s.Port)], null);
        try
        {
            return new CommitmentListener(registry, [registry.Choose(choice, node, log).Port], null);
        }
        catch (StorageScpException e) when (!asked)
        {
            log.Verbose($"{e.Message} A report is taken only on the association that asks for it.");
            return new CommitmentListener(registry, [], e.Message);
        }
    }

    /// <summary>What the archive must be able to do, in words for whoever waits in vain.</summary>
    public string Describe(PacsNode node) => _ports.Count == 0
        ? $"No Storage SCP of this session takes reports: {_problem}"
        : $"To report, it must be able to call AE {node.CallingAETitle} at port {string.Join(" or ", _ports.Select(p => p.ToString(CultureInfo.InvariantCulture)))} of this machine.";

    /// <summary>What to do about a report that does not come.</summary>
    public string Advise(PacsNode node) => _ports.Count == 0
        ? "Start a Storage SCP on a port that the archive knows (Start-StorageScp, or -ScpPort)."
        : $"Enter AE title {node.CallingAETitle} with the address of this machine and port {_ports[0].ToString(CultureInfo.InvariantCulture)} in the archive and open the firewalls between; an archive that is only slow needs more time (-TimeoutSeconds).";
}
