using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Network;

/// <summary>Words for a presentation context that was not accepted (PS3.8 Table 9-18).</summary>
internal static class ContextErrors
{
    public static NoAcceptedContextException NotAccepted(string abstractSyntax, AcceptedContext? refused, string peer)
    {
        var why = refused switch
        {
            null => "it was not proposed",
            { IsAccepted: true } => "it was accepted, but not for this role or transfer syntax",
            _ => refused.ResultInWords,
        };
        return new NoAcceptedContextException(abstractSyntax, refused?.Result ?? 0, $"{peer} accepted no presentation context for {abstractSyntax}: {why}");
    }
}
