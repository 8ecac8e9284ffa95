namespace PacsTools.Dicom.Network;

/// <summary>What became of a proposed presentation context (PS3.8 9.3.3.2).</summary>
/// <param name="Id">The odd presentation context id.</param>
/// <param name="AbstractSyntax">The SOP class UID.</param>
/// <param name="TransferSyntax">The agreed transfer syntax UID; empty if the context was not accepted.</param>
/// <param name="Result">0 accepted, 1 user-rejection, 2 no-reason, 3 abstract syntax not supported, 4 transfer syntaxes not supported; 255 if the peer never answered it.</param>
/// <param name="WeMayBeScu">True if this side may send requests of the SOP class.</param>
/// <param name="WeMayBeScp">True if this side may be sent requests of the SOP class.</param>
public sealed record AcceptedContext(byte Id, string AbstractSyntax, string TransferSyntax, byte Result, bool WeMayBeScu, bool WeMayBeScp)
{
    /// <summary>True if the context may be used.</summary>
    public bool IsAccepted => Result == 0;

    /// <summary>The result in the words of PS3.8 Table 9-18.</summary>
    public string ResultInWords => Result switch
    {
        0 => "accepted",
        1 => "user rejection",
        2 => "no reason given",
        3 => "abstract syntax not supported",
        4 => "transfer syntaxes not supported",
        255 => "the peer did not answer it",
        _ => $"result {Result}",
    };
}
