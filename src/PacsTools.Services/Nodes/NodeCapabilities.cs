using System.Globalization;

namespace PacsTools.Services.Nodes;

/// <summary>What was found about a node when it was registered. It may have changed since: jobs take it as a hint and never as a reason not to try.</summary>
public sealed class NodeCapabilities
{
    private readonly Lazy<Dictionary<string, PacsCapability>> _byUid;

    /// <summary>Creates the record of one discovery.</summary>
    public NodeCapabilities() => _byUid = new(() => SopClasses.DistinctBy(c => c.UID).ToDictionary(c => c.UID, StringComparer.Ordinal));

    /// <summary>When it was found out.</summary>
    public DateTimeOffset DiscoveredAt { get; init; }

    /// <summary>The AE title it was asked under; archives may answer others differently.</summary>
    public string? CallingAETitle { get; init; }

    /// <summary>Implementation Version Name (PS3.7 D.3.3.2); null if it sent none.</summary>
    public string? ImplementationVersionName { get; init; }

    /// <summary>Implementation Class UID (PS3.7 D.3.3.2).</summary>
    public string? ImplementationClassUID { get; init; }

    /// <summary>The longest P-DATA-TF it takes (PS3.8 D.1), in bytes; 0 is unlimited.</summary>
    public uint? MaxPduLength { get; init; }

    /// <summary>Its answer to every SOP class asked.</summary>
    public IReadOnlyList<PacsCapability> SopClasses { get; init; } = [];

    /// <summary>The answer to one SOP class; null if it was not asked.</summary>
    /// <param name="uid">UID of the SOP class.</param>
    public PacsCapability? Find(string uid) => _byUid.Value.GetValueOrDefault(uid);

    /// <summary>Who, how many classes, and when.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{ImplementationVersionName ?? ImplementationClassUID ?? "unknown implementation"}, {SopClasses.Count(c => c.Accepted)} SOP classes accepted, {DiscoveredAt:yyyy-MM-dd}");
}
