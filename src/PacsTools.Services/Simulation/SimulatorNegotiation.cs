using PacsTools.Dicom.Data;
using PacsTools.Dicom.Network;
using PacsTools.Dicom.Pdus;

namespace PacsTools.Services.Simulation;

/// <summary>What the simulator agrees to when an association is asked for (PS3.8 7.1, PS3.4 C.5).</summary>
internal static class SimulatorNegotiation
{
    private const string StoragePrefix = "1.2.840.10008.5.1.4.1.1.";
    private const string StandardPrefix = "1.2.840.10008.";

    // Sub-fields of PS3.4 C.5.1.1, one byte each: relational queries, combined date-time, fuzzy names, timezone adjustment, enhanced
    // multi-frame conversion, empty value matching, multiple value matching.
    private static readonly byte[] s_findOptions = [1, 1, 1, 0, 0, 1, 1];

    // C.5.2.1, C.5.3.1: relational retrieval, enhanced multi-frame conversion.
    private static readonly byte[] s_retrieveOptions = [1, 0];

    public static AcceptDecision Decide(AssociationRequest request, PacsSimulatorOptions options, FaultBudget budget)
    {
        var faults = options.Faults;
        if (faults.RejectAssociation is { } rejection && budget.Concerns(request.Pdu.PresentationContexts.Select(context => context.AbstractSyntax)) && budget.Take())
            return AcceptDecision.Reject(rejection.Result, rejection.Source, rejection.Reason);
        var identity = request.Pdu.UserInformation.UserIdentityRq;
        if (options.Users.Count > 0 && !options.Users.Any(user => user.Matches(identity)))
            return AcceptDecision.Reject(1, 1, 1);
        var answers = request.Pdu.PresentationContexts.Select(context => Choose(context, faults) switch
        {
            null => new ContextAnswer(context.Id, 3, ""),
            "" => new ContextAnswer(context.Id, 4, ""),
            { } syntax => new ContextAnswer(context.Id, 0, syntax),
        });
        return AcceptDecision.Accept(
            [.. answers],
            [.. request.Pdu.UserInformation.ExtendedNegotiations.Select(Answer).OfType<ExtendedNegotiation>()],
            options.Users.Count > 0 && identity is { PositiveResponseRequested: true } ? new UserIdentityAc([]) : null);
    }

    /// <summary>The matching rules that were agreed for a SOP class of an accepted association.</summary>
    public static MatchingRules RulesFor(Association association, string sopClassUid)
    {
        var asked = association.PeerInformation.ExtendedNegotiations.FirstOrDefault(item => item.SopClassUid == sopClassUid);
        if (asked is null || Answer(asked) is not { } agreed)
            return MatchingRules.Default;
        var isFind = OptionsOf(sopClassUid) == s_findOptions;
        return new MatchingRules
        {
            Relational = Has(0),
            CombinedDateTime = isFind && Has(1),
            FuzzyNames = isFind && Has(2),
            EmptyValues = isFind && Has(5),
        };

        bool Has(int index) => agreed.Info.Length > index && agreed.Info[index] == 1;
    }

    /// <summary>True for what C-STORE is for: the storage classes of the standard, and private ones.</summary>
    public static bool IsStorage(string sopClassUid) =>
        UidRegistry.TryGet(sopClassUid, out var entry)
            ? entry.IsStorageSopClass
            : sopClassUid.StartsWith(StoragePrefix, StringComparison.Ordinal) || !sopClassUid.StartsWith(StandardPrefix, StringComparison.Ordinal);

    /// <summary>Of each sub-field asked for, whether it is supported; null for SOP classes without options.</summary>
    private static ExtendedNegotiation? Answer(ExtendedNegotiation asked) => OptionsOf(asked.SopClassUid) is { } supported
        ? asked with { Info = [.. asked.Info.Select((value, i) => value == 1 && i < supported.Length ? supported[i] : (byte)0)] }
        : null;

    private static byte[]? OptionsOf(string sopClassUid) => sopClassUid switch
    {
        DicomUids.StudyRootFind or DicomUids.PatientRootFind or DicomUids.ModalityWorklistFind => s_findOptions,
        DicomUids.StudyRootMove or DicomUids.PatientRootMove or DicomUids.StudyRootGet or DicomUids.PatientRootGet => s_retrieveOptions,
        _ => null,
    };

    /// <summary>The transfer syntax for a context: null refuses the abstract syntax, an empty text the transfer syntaxes.</summary>
    private static string? Choose(PresentationContextRq context, SimulatorFaults faults)
    {
        if (faults.RefuseContext.Contains(context.AbstractSyntax))
            return null;
        if (IsService(context.AbstractSyntax))
            return context.TransferSyntaxes.FirstOrDefault(IsNative) ?? "";

        // What is stored is kept bit by bit, so the requestor's first choice is as good as any.
        return IsStorage(context.AbstractSyntax) ? context.TransferSyntaxes.FirstOrDefault() ?? "" : null;
    }

    private static bool IsService(string sopClassUid) => InformationModel.Serves(sopClassUid)
        || sopClassUid is DicomUids.Verification or DicomUids.ModalityWorklistFind or DicomUids.StorageCommitmentPushModel;

    private static bool IsNative(string uid) => TransferSyntax.Get(uid) is { IsKnown: true, IsEncapsulated: false };
}
