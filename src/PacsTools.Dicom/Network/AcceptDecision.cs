using PacsTools.Dicom.Pdus;

namespace PacsTools.Dicom.Network;

/// <summary>An acceptor's answer to an A-ASSOCIATE-RQ: a rejection, or one answer a proposed context.</summary>
public sealed class AcceptDecision
{
    private AcceptDecision()
    {
    }

    /// <summary>The rejection to send; null if the association is accepted.</summary>
    public AAssociateRj? Rejection { get; private init; }

    /// <summary>One answer a proposed context; contexts left out are refused with no reason.</summary>
    public IReadOnlyList<ContextAnswer> Contexts { get; private init; } = [];

    /// <summary>Extended negotiation to answer (PS3.7 D.3.3.5.2).</summary>
    public IReadOnlyList<ExtendedNegotiation> ExtendedNegotiations { get; init; } = [];

    /// <summary>The server's answer to a user identity that asked for one.</summary>
    public UserIdentityAc? UserIdentity { get; init; }

    /// <summary>Rejects the association (PS3.8 Table 9-21).</summary>
    public static AcceptDecision Reject(byte result, byte source, byte reason) => Reject(new AAssociateRj(result, source, reason));

    /// <summary>Rejects because the called AE title is not ours: permanent, service-user, 7.</summary>
    public static AcceptDecision RejectCalledAETitle() => Reject(AAssociateRj.CalledAENotRecognized);

    /// <summary>Rejects because the calling AE title is not welcome: permanent, service-user, 3.</summary>
    public static AcceptDecision RejectCallingAETitle() => Reject(AAssociateRj.CallingAENotRecognized);

    /// <summary>Rejects for now: transient, service-provider (presentation), local-limit-exceeded.</summary>
    public static AcceptDecision RejectLocalLimit() => Reject(AAssociateRj.LocalLimitExceeded);

    /// <summary>Accepts with these answers.</summary>
    /// <param name="contexts">One answer a proposed context.</param>
    /// <param name="extendedNegotiations">Extended negotiation to answer; null for none.</param>
    /// <param name="userIdentity">The confirmation of a user identity that asked for one (PS3.7 D.3.3.7.2); null for none.</param>
    public static AcceptDecision Accept(
        IReadOnlyList<ContextAnswer> contexts, IReadOnlyList<ExtendedNegotiation>? extendedNegotiations = null, UserIdentityAc? userIdentity = null) =>
        new() { Contexts = contexts, ExtendedNegotiations = extendedNegotiations ?? [], UserIdentity = userIdentity };

    /// <summary>
    /// Accepts, and lets a choice decide each context: given the abstract syntax and the proposed transfer syntaxes it returns the
    /// transfer syntax to use, null to refuse the abstract syntax, or an empty string to refuse the transfer syntaxes.
    /// </summary>
    public static AcceptDecision Accept(AssociationRequest request, Func<string, IReadOnlyList<string>, string?> choose)
    {
        var answers = new List<ContextAnswer>(request.Pdu.PresentationContexts.Count);
        foreach (var context in request.Pdu.PresentationContexts)
        {
            answers.Add(choose(context.AbstractSyntax, context.TransferSyntaxes) switch
            {
                null => new ContextAnswer(context.Id, PresentationContextAc.AbstractSyntaxNotSupported, string.Empty),
                "" => new ContextAnswer(context.Id, PresentationContextAc.TransferSyntaxesNotSupported, string.Empty),
                { } syntax => new ContextAnswer(context.Id, PresentationContextAc.Acceptance, syntax),
            });
        }

        return Accept(answers);
    }

    internal static AcceptDecision Reject(AAssociateRj rejection) => new() { Rejection = rejection };
}
