using System.Net;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Network;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Storage;

/// <summary>Which associations and presentation contexts a Storage SCP accepts.</summary>
internal sealed class StorageNegotiation
{
    private readonly string _aeTitle;
    private readonly bool _acceptAnyCalled;
    private readonly HashSet<string> _allowedCalling;
    private readonly AddressFilter _allowedAddresses;
    private readonly SopClassFilter _sopClasses;
    private readonly string[] _preferred;
    private readonly Func<bool> _isRetrieving;

    /// <param name="options">What the user asked for.</param>
    /// <param name="isRetrieving">Tells whether an association may bring what somebody is retrieving.</param>
    /// <exception cref="ArgumentException">An AE title, address, class or syntax is none.</exception>
    public StorageNegotiation(StorageScpOptions options, Func<bool> isRetrieving)
    {
        _sopClasses = new SopClassFilter(options.AcceptSopClass, options.AcceptAnySopClass);
        _preferred = [.. options.PreferredTransferSyntax.Select(s => UidText.Parse(s, "a transfer syntax"))];
        _isRetrieving = isRetrieving;
        _aeTitle = options.AETitle;
        _acceptAnyCalled = options.AcceptAnyCalledAETitle;
        _allowedCalling = options.AllowedCallingAETitle.Select(t => TitleText.Check(t, "allowed calling AE title")).ToHashSet(StringComparer.Ordinal);
        _allowedAddresses = new AddressFilter(options.AllowedAddress);
    }

    /// <summary>The options themselves, once they are known to be usable.</summary>
    /// <exception cref="ArgumentException">An AE title, address, class or syntax is none.</exception>
    public static StorageScpOptions Check(StorageScpOptions options)
    {
        _ = new StorageNegotiation(options, static () => false);
        return options;
    }

    public AcceptDecision Decide(AssociationRequest request)
    {
        if (!_allowedAddresses.Allows((request.RemoteEndPoint as IPEndPoint)?.Address))
            return AcceptDecision.Reject(1, 1, 1);
        if (_allowedCalling.Count > 0 && !_allowedCalling.Contains(request.Pdu.CallingAETitle))
            return AcceptDecision.RejectCallingAETitle();
        // Storage commitment reports and some archives' C-STOREs call back the AE that asked, not the one that was named.
        if (!_acceptAnyCalled && request.Pdu.CalledAETitle != _aeTitle && !CallingAETitles.IsInUse(request.Pdu.CalledAETitle))
            return AcceptDecision.RejectCalledAETitle();
        return AcceptDecision.Accept(request, Choose);
    }

    /// <summary>The transfer syntax for a proposed context; null refuses the abstract syntax, an empty text the transfer syntaxes.</summary>
    internal string? Choose(string abstractSyntax, IReadOnlyList<string> proposed)
    {
        // Reports of storage commitment come here too: archives call back the AE that asked (PS3.4 J.3.3).
        if (IsForOthers(abstractSyntax))
            return proposed.FirstOrDefault(IsUncompressed) ?? string.Empty;
        return _sopClasses.Takes(abstractSyntax, _isRetrieving()) ? ChooseForStorage(proposed) : null;
    }

    /// <summary>True if a C-STORE of the class may come on a context. A class that was not agreed for it would get past what was refused.</summary>
    /// <param name="abstractSyntax">The class the context was accepted for.</param>
    /// <param name="sopClass">The class of the instance: the same one, or one that is a specialization of it (PS3.4 B.3.1.4).</param>
    internal bool Stores(string abstractSyntax, string sopClass) =>
        !IsForOthers(abstractSyntax) && (sopClass == abstractSyntax || _sopClasses.Takes(sopClass, _isRetrieving()));

    private static bool IsForOthers(string abstractSyntax) => abstractSyntax is DicomUids.Verification or DicomUids.StorageCommitmentPushModel;

    // The sender's first choice is what it has: anything else may make it transcode. Only where that is one of the plain syntaxes
    // do we ask for the explicit one instead, which keeps the VR of private elements.
    private string ChooseForStorage(IReadOnlyList<string> proposed)
    {
        if (Array.Find(_preferred, proposed.Contains) is { } preferred)
            return preferred;
        var first = proposed.FirstOrDefault(p => TransferSyntax.Get(p).IsKnown) ?? proposed.FirstOrDefault(p => p.Length > 0) ?? string.Empty;
        return IsUncompressed(first) && proposed.Contains(DicomUids.ExplicitVRLittleEndian) ? DicomUids.ExplicitVRLittleEndian : first;
    }

    private static bool IsUncompressed(string uid) =>
        uid is DicomUids.ImplicitVRLittleEndian or DicomUids.ExplicitVRLittleEndian or DicomUids.ExplicitVRBigEndian;
}
