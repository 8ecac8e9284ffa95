using PacsTools.Dicom.Data;
using PacsTools.Dicom.Pdus;

namespace PacsTools.Dicom.Network;

/// <summary>Builds requests and answers of the negotiation and reads what came of them (PS3.8 9.3.2, 9.3.3; PS3.7 D.3.3).</summary>
internal static class ContextNegotiation
{
    /// <summary>PS3.8 9.3.2.2: ids are odd and fit a byte.</summary>
    private const int MaxContexts = 128;
    private const byte NeverAnswered = 255;

    public static AAssociateRq BuildRequest(AssociationOptions options)
    {
        if (options.Contexts.Count is 0 or > MaxContexts)
        {
            throw new ArgumentException($"An association proposes 1 to {MaxContexts} presentation contexts, not {options.Contexts.Count}.", nameof(options));
        }

        return new AAssociateRq
        {
            CalledAETitle = AETitle.Validate(options.CalledAETitle, nameof(options.CalledAETitle)),
            CallingAETitle = AETitle.Validate(options.CallingAETitle, nameof(options.CallingAETitle)),
            PresentationContexts = [.. options.Contexts.Select((c, i) => new PresentationContextRq((byte)(2 * i + 1), c.AbstractSyntax, c.TransferSyntaxes))],
            UserInformation = Ours(options.MaxPduLength) with
            {
                // The default roles need no item; a peer that does not know role selection ignores it.
                RoleSelections = [.. options.Contexts.Where(c => c.ScpRole || !c.ScuRole).DistinctBy(c => c.AbstractSyntax).Select(c => new RoleSelection(c.AbstractSyntax, c.ScuRole, c.ScpRole))],
                ExtendedNegotiations = options.ExtendedNegotiations,
                UserIdentityRq = options.UserIdentity,
            },
        };
    }

    /// <summary>What the requestor may do after this answer. Answers for ids never proposed are ignored; a syntax never proposed refuses its context.</summary>
    public static IReadOnlyList<AcceptedContext> Outcome(AAssociateRq request, AAssociateAc accepted)
    {
        var outcome = new List<AcceptedContext>(request.PresentationContexts.Count);
        foreach (var proposed in request.PresentationContexts)
        {
            var answer = accepted.PresentationContexts.FirstOrDefault(a => a.Id == proposed.Id);
            var result = answer switch
            {
                null => NeverAnswered,
                { IsAccepted: true } when !proposed.TransferSyntaxes.Contains(answer.TransferSyntax) => PresentationContextAc.TransferSyntaxesNotSupported,
                _ => answer.Result,
            };
            var (scu, scp) = Roles(proposed.AbstractSyntax, request, accepted);
            outcome.Add(new AcceptedContext(proposed.Id, proposed.AbstractSyntax, result == 0 ? answer!.TransferSyntax : string.Empty, result, scu, scp));
        }

        return outcome;
    }

    public static AAssociateAc BuildAnswer(AAssociateRq request, AcceptDecision decision, uint maxPduLength)
    {
        var answers = decision.Contexts.ToDictionary(a => a.Id);
        var contexts = new List<PresentationContextAc>(request.PresentationContexts.Count);
        var roles = new Dictionary<string, RoleSelection>(StringComparer.Ordinal);
        foreach (var proposed in request.PresentationContexts)
        {
            var answer = answers.GetValueOrDefault(proposed.Id) ?? new ContextAnswer(proposed.Id, PresentationContextAc.NoReason, string.Empty);

            // Peers send anything as a UID, and what is none must not come back from us.
            if (answer.Result == 0 && !MayBeSent(proposed.AbstractSyntax))
            {
                answer = new ContextAnswer(proposed.Id, PresentationContextAc.AbstractSyntaxNotSupported, string.Empty);
            }

            // The item must be there even in a refusal, where its value means nothing (PS3.8 9.3.3.2).
            var syntax = answer.Result == 0 ? answer.TransferSyntax : proposed.TransferSyntaxes.FirstOrDefault(MayBeSent, DicomUids.ImplicitVRLittleEndian);
            contexts.Add(new PresentationContextAc(proposed.Id, answer.Result, syntax));
            var asked = request.UserInformation.RoleSelections.FirstOrDefault(r => r.SopClassUid == proposed.AbstractSyntax);
            if (asked is not null && answer.Result == 0)
            {
                roles[proposed.AbstractSyntax] = new RoleSelection(asked.SopClassUid, asked.ScuRole && answer.GrantScuRole, asked.ScpRole && answer.GrantScpRole);
            }
        }

        return request.Accept(contexts, Ours(maxPduLength) with
        {
            RoleSelections = [.. roles.Values],
            ExtendedNegotiations = decision.ExtendedNegotiations,
            UserIdentityAc = decision.UserIdentity,
        });
    }

    /// <summary>What the acceptor may do after its own answer: the mirror image of the requestor's roles.</summary>
    public static IReadOnlyList<AcceptedContext> OutcomeForAcceptor(AAssociateRq request, AAssociateAc accepted) =>
        [.. Outcome(request, accepted).Select(c => c with { WeMayBeScu = c.WeMayBeScp, WeMayBeScp = c.WeMayBeScu })];

    private static (bool Scu, bool Scp) Roles(string abstractSyntax, AAssociateRq request, AAssociateAc accepted)
    {
        var asked = request.UserInformation.RoleSelections.FirstOrDefault(r => r.SopClassUid == abstractSyntax);
        var granted = accepted.UserInformation.RoleSelections.FirstOrDefault(r => r.SopClassUid == abstractSyntax);

        // Without a proposal or an answer the defaults hold: the requestor is SCU only.
        return asked is null || granted is null
            ? (true, false)
            : (asked.ScuRole && granted.ScuRole, asked.ScpRole && granted.ScpRole);
    }

    // Not DicomUids.IsValid: UIDs with superfluous zeros are in use.
    private static bool MayBeSent(string uid) => uid.Length <= DicomUids.MaxLength && System.Text.Ascii.IsValid(uid);

    private static UserInformation Ours(uint maxPduLength) => new()
    {
        MaxPduLength = maxPduLength,
        ImplementationClassUID = DicomUids.ImplementationClassUID,
        ImplementationVersionName = DicomUids.ImplementationVersionName,
    };
}
