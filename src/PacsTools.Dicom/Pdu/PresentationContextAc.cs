namespace PacsTools.Dicom.Pdus;

/// <summary>The answer to a proposed presentation context (PS3.8 9.3.3.2).</summary>
/// <param name="Id">The id of the proposal.</param>
/// <param name="Result">0 acceptance, 1 user-rejection, 2 no-reason, 3 abstract syntax not supported, 4 transfer syntaxes not supported.</param>
/// <param name="TransferSyntax">The syntax chosen; without meaning, and possibly empty, unless <paramref name="Result"/> is 0.</param>
public sealed record PresentationContextAc(byte Id, byte Result, string TransferSyntax)
{
    /// <summary>The result that accepts.</summary>
    public const byte Acceptance = 0;

    /// <summary>The result that says no for reasons of the application.</summary>
    public const byte UserRejection = 1;

    /// <summary>The result that gives no reason.</summary>
    public const byte NoReason = 2;

    /// <summary>The result that says that the SOP class is not served.</summary>
    public const byte AbstractSyntaxNotSupported = 3;

    /// <summary>The result that says that none of the transfer syntaxes is understood.</summary>
    public const byte TransferSyntaxesNotSupported = 4;

    /// <summary>True if the context may be used.</summary>
    public bool IsAccepted => Result == Acceptance;
}
