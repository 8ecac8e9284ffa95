using PacsTools.Dicom.Data;

namespace PacsTools.Services.Nodes;

/// <summary>What a node answered when a SOP class was proposed to it (PS3.8 9.3.3.2, PS3.7 D.3.3.4).</summary>
public sealed record PacsCapability
{
    /// <summary>Name of the SOP class, or its UID where the standard does not know it.</summary>
    public required string Name { get; init; }

    /// <summary>UID of the SOP class.</summary>
    public required string UID { get; init; }

    /// <summary>The service it belongs to.</summary>
    public required PacsCapabilityCategory Category { get; init; }

    /// <summary>True if a presentation context for it was accepted.</summary>
    public bool Accepted { get; init; }

    /// <summary>UIDs of every transfer syntax it was accepted with, in the order of PS3.6 A; empty if it was not.</summary>
    public IReadOnlyList<string> TransferSyntaxes { get; init; } = [];

    /// <summary>True if the node lets the requestor be SCP of the class (role selection), which a C-GET needs. Only storage classes are asked.</summary>
    public bool ScpRole { get; init; }

    /// <summary>Why it was not accepted, in the words of PS3.8 Table 9-18; null if it was.</summary>
    public string? Reason { get; init; }

    /// <summary>The node that answered; null in what the registry keeps.</summary>
    public PacsNode? Node { get; init; }

    /// <summary>Names of the transfer syntaxes, in the same order.</summary>
    public IReadOnlyList<string> TransferSyntaxNames => TransferSyntaxes.Select(uid => TransferSyntax.Get(uid).Name).ToArray();

    /// <summary>Everything but the node in one line: two nodes, or one node before and after, differ in a class exactly if this text does.</summary>
    public override string ToString() => Accepted
        ? $"{Name} ({UID}): accepted with {string.Join(", ", TransferSyntaxes)}{(ScpRole ? "; SCP role" : "")}"
        : $"{Name} ({UID}): refused, {Reason}";
}
