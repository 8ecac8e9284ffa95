using System.Globalization;
using System.Text;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;
using PacsTools.Dicom.Pdus;

namespace PacsTools.Services.Transcripts;

/// <summary>PDUs in words, without control characters of a peer; a passcode or token is never among them.</summary>
internal static class PduText
{
    private const string Indent = "\n        ";

    public static string Describe(Pdu pdu) => pdu switch
    {
        AAssociateRq rq => Request(rq),
        AAssociateAc ac => Acceptance(ac),
        AAssociateRj rj => $"A-ASSOCIATE-RJ {AssociationRejectedException.Describe(rj.Result, rj.Source, rj.Reason)}",
        AAbort abort => string.Create(CultureInfo.InvariantCulture, $"A-ABORT source {abort.Source}, reason {abort.Reason}"),
        AReleaseRq => "A-RELEASE-RQ",
        AReleaseRp => "A-RELEASE-RP",
        _ => pdu.Type.ToString(),
    };

    public static string Contexts(IReadOnlyList<AcceptedContext> contexts) =>
        string.Join(", ", contexts.Where(c => c.IsAccepted).Select(c => $"{c.Id} {Name(c.AbstractSyntax)} as {Name(c.TransferSyntax)}"));

    public static string Name(string uid) => UidRegistry.TryGet(uid, out var entry) ? entry.Name : PlainText.Of(uid);

    private static string Request(AAssociateRq rq)
    {
        var text = new StringBuilder($"A-ASSOCIATE-RQ calling {PlainText.Of(rq.CallingAETitle)}, called {PlainText.Of(rq.CalledAETitle)}");
        foreach (var context in rq.PresentationContexts)
            text.Append(Indent).Append(CultureInfo.InvariantCulture, $"context {context.Id}: {Name(context.AbstractSyntax)} [{PlainText.Of(context.AbstractSyntax)}] as {string.Join(", ", context.TransferSyntaxes.Select(Name))}");
        Append(text, rq.UserInformation);
        return text.ToString();
    }

    private static string Acceptance(AAssociateAc ac)
    {
        var text = new StringBuilder("A-ASSOCIATE-AC");
        foreach (var context in ac.PresentationContexts)
        {
            text.Append(Indent).Append(CultureInfo.InvariantCulture, $"context {context.Id}: ").Append(context.Result switch
            {
                PresentationContextAc.Acceptance => $"accepted as {Name(context.TransferSyntax)}",
                PresentationContextAc.UserRejection => "user rejection",
                PresentationContextAc.NoReason => "no reason",
                PresentationContextAc.AbstractSyntaxNotSupported => "abstract syntax not supported",
                PresentationContextAc.TransferSyntaxesNotSupported => "transfer syntaxes not supported",
                var other => $"result {other}",
            });
        }

        Append(text, ac.UserInformation);
        return text.ToString();
    }

    private static void Append(StringBuilder text, UserInformation user)
    {
        text.Append(Indent).Append(CultureInfo.InvariantCulture, $"maximum length {user.MaxPduLength}, implementation {PlainText.Of(user.ImplementationClassUID)}");
        if (user.ImplementationVersionName is { } version)
            text.Append(' ').Append(PlainText.Of(version));
        foreach (var role in user.RoleSelections)
            text.Append(Indent).Append($"roles of {Name(role.SopClassUid)}: {(role.ScuRole, role.ScpRole) switch { (true, true) => "SCU and SCP", (true, false) => "SCU", (false, true) => "SCP", _ => "none" }}");
        foreach (var extended in user.ExtendedNegotiations)
            text.Append(Indent).Append($"extended negotiation of {Name(extended.SopClassUid)}: {Convert.ToHexString(extended.Info)}");
        if (user.UserIdentityRq is { } identity)
            text.Append(Indent).Append($"user identity, type {identity.Type}");
        if (user.UserIdentityAc is not null)
            text.Append(Indent).Append("user identity confirmed");
    }
}
