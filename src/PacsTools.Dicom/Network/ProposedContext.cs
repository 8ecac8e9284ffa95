namespace PacsTools.Dicom.Network;

/// <summary>A presentation context to propose (PS3.8 9.3.2.2), with the roles asked for (PS3.7 D.3.3.4).</summary>
/// <param name="AbstractSyntax">The SOP class UID.</param>
/// <param name="TransferSyntaxes">Transfer syntax UIDs in order of preference; at least one.</param>
public sealed record ProposedContext(string AbstractSyntax, IReadOnlyList<string> TransferSyntaxes)
{
    /// <summary>True if we want to be SCU of the SOP class; the default of a requestor.</summary>
    public bool ScuRole { get; init; } = true;

    /// <summary>True if we want to be SCP of it too, as C-GET needs for storage classes; sends a role selection.</summary>
    public bool ScpRole { get; init; }
}
