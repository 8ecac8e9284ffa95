using System.Management.Automation;
using System.Management.Automation.Runspaces;
using PacsTools.Services.Nodes;
using PacsTools.Services.Simulation;
using PacsTools.Services.Storage;

namespace PacsTools;

/// <summary>
/// Storage SCPs, simulators and pooled associations belong to the process, not to the runspace that started them: they end when the module is removed from the last
/// runspace that has it. PowerShell does not report runspaces that simply end, as those of ForEach-Object -Parallel do, so
/// these are recognised by their state.
/// </summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static readonly object Gate = new();
    private static readonly List<WeakReference<Runspace>> Runspaces = [];

    /// <inheritdoc/>
    public void OnImport()
    {
        if (Runspace.DefaultRunspace is not { } current) return;
        lock (Gate)
        {
            Forget(current);
            Runspaces.Add(new WeakReference<Runspace>(current));
        }
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        lock (Gate)
        {
            Forget(Runspace.DefaultRunspace);
            if (Runspaces.Count > 0) return;
        }

        PacsSimulatorRegistry.Shared.StopAll();
        StorageScpRegistry.Shared.StopAll();
        AssociationPool.Shared.Clear();
    }

    private static void Forget(Runspace? leaving) => Runspaces.RemoveAll(entry =>
        !entry.TryGetTarget(out var runspace)
        || ReferenceEquals(runspace, leaving)
        || runspace.RunspaceStateInfo.State is RunspaceState.Closed or RunspaceState.Closing or RunspaceState.Broken);
}
