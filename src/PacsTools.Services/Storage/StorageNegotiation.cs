using System.Net;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Network;

namespace PacsTools.Services.Storage;

/// <summary>Which associations and presentation contexts a Storage SCP accepts.</summary>
internal sealed class StorageNegotiation
{
    private const string StandardRoot = "1.2.840.10008.";

    private static readonly Lazy<HashSet<string>> s_storageClasses =
        new(() => UidRegistry.StorageSopClasses.Select(c => c.Uid).ToHashSet(StringComparer.Ordinal));

    private readonly string _aeTitle;
    private readonly bool _acceptAnyCalled;
    private readonly HashSet<string> _allowedCalling;
    private readonly AddressFilter _allowedAddresses;

    public StorageNegotiation(StorageScpOptions options)
    {
        _aeTitle = options.AETitle;
        _acceptAnyCalled = options.AcceptAnyCalledAETitle;
        _allowedCalling = options.AllowedCallingAETitle.Select(t => t.Trim()).ToHashSet(StringComparer.Ordinal);
        _allowedAddresses = new AddressFilter(options.AllowedAddress);
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
    internal static string? Choose(string abstractSyntax, IReadOnlyList<string> proposed)
    {
        // Reports of storage commitment come here too: archives call back the AE that asked (PS3.4 J.3.3).
        if (abstractSyntax is DicomUids.Verification or DicomUids.StorageCommitmentPushModel)
            return proposed.FirstOrDefault(IsUncompressed) ?? string.Empty;
        if (abstractSyntax.StartsWith(StandardRoot, StringComparison.Ordinal) && !s_storageClasses.Value.Contains(abstractSyntax))
            return null;
        return ChooseForStorage(proposed);
    }

    // The sender's first choice is what it has: anything else may make it transcode. Only where that is one of the plain syntaxes
    // do we ask for the explicit one instead, which keeps the VR of private elements.
    private static string ChooseForStorage(IReadOnlyList<string> proposed)
    {
        var first = proposed.FirstOrDefault(p => TransferSyntax.Get(p).IsKnown) ?? proposed.FirstOrDefault(p => p.Length > 0) ?? string.Empty;
        return IsUncompressed(first) && proposed.Contains(DicomUids.ExplicitVRLittleEndian) ? DicomUids.ExplicitVRLittleEndian : first;
    }

    private static bool IsUncompressed(string uid) =>
        uid is DicomUids.ImplicitVRLittleEndian or DicomUids.ExplicitVRLittleEndian or DicomUids.ExplicitVRBigEndian;
}
