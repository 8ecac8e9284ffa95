using PacsTools.Services.Nodes;
using PacsTools.Services.Simulation.TestData;

namespace PacsTools.Services.Acceptance;

/// <summary>What was discovered at an archive and is agreed on from then on.</summary>
internal sealed record AcceptanceAgreement
{
    public required PacsNode Node { get; init; }

    /// <summary>Contexts, implementation and PDU size.</summary>
    public required NodeCapabilities Capabilities { get; init; }

    public required AcceptanceLimits Limits { get; init; }

    public IReadOnlyList<AcceptanceSample> Studies { get; init; } = [];

    /// <summary>The kind of synthetic study that is sent.</summary>
    public SyntheticModality Modality { get; init; }

    /// <summary>What the archive does not offer, by the name the suite has for it, and why.</summary>
    public IReadOnlyDictionary<string, string> NotOffered { get; init; } = new Dictionary<string, string>();
}
