namespace PacsTools.Dicom.Network;

/// <summary>The answer to one proposed presentation context (PS3.8 9.3.3.2).</summary>
/// <param name="Id">The id it was proposed with.</param>
/// <param name="Result">0 acceptance, 1 user-rejection, 2 no-reason, 3 abstract syntax not supported, 4 transfer syntaxes not supported.</param>
/// <param name="TransferSyntax">The chosen transfer syntax; not significant unless accepted.</param>
public sealed record ContextAnswer(byte Id, byte Result, string TransferSyntax)
{
    /// <summary>True to grant the requestor the SCP role it asked for by role selection (PS3.7 D.3.3.4).</summary>
    public bool GrantScpRole { get; init; } = true;

    /// <summary>True to grant the requestor the SCU role it asked for by role selection.</summary>
    public bool GrantScuRole { get; init; } = true;
}
