using System.Globalization;
using PacsTools.Services.Storage;

namespace PacsTools.Commands;

/// <summary>The Storage SCPs of this process that -Port names; all without it.</summary>
internal static class RunningScps
{
    /// <summary>Those found, and one error for every port on which none runs.</summary>
    public static (IReadOnlyList<StorageScp> Found, IReadOnlyList<StorageScpException> Missing) Select(int[] ports)
    {
        var all = StorageScpRegistry.Shared.All;
        if (ports.Length == 0) return (all, []);
        var missing = ports.Where(port => all.All(scp => scp.Port != port));
        return ([.. all.Where(scp => ports.Contains(scp.Port))], [.. missing.Select(NotFound)]);
    }

    /// <summary>The error of who needs one where none runs.</summary>
    public static StorageScpException None() => new("StorageScp.NotFound", "No Storage SCP runs in this process.") { Advice = "Start one with Start-StorageScp." };

    private static StorageScpException NotFound(int port) =>
        new("StorageScp.NotFound", string.Create(CultureInfo.InvariantCulture, $"No Storage SCP of this process runs on port {port}."))
        {
            Port = port,
            Advice = "Get-StorageScp shows those that run.",
        };
}
