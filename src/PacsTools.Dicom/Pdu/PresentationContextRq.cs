namespace PacsTools.Dicom.Pdus;

/// <summary>A proposed presentation context (PS3.8 9.3.2.2).</summary>
/// <param name="Id">An odd number, unique in the association.</param>
/// <param name="AbstractSyntax">The SOP class; empty if the peer sent none, which calls for result 3.</param>
/// <param name="TransferSyntaxes">The transfer syntaxes in the order sent; as read it may be empty, which calls for result 4.</param>
public sealed record PresentationContextRq(byte Id, string AbstractSyntax, IReadOnlyList<string> TransferSyntaxes);
