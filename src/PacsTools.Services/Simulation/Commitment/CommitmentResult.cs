using PacsTools.Dicom.Data;

namespace PacsTools.Services.Simulation;

/// <summary>What an N-ACTION asks to be committed, and what can be (PS3.4 J.3).</summary>
/// <param name="EventType">1 all is safe, 2 something is not.</param>
/// <param name="Information">The event information to report.</param>
internal sealed record CommitmentResult(ushort EventType, DicomDataset Information)
{
    private const ushort AllCommitted = 1;
    private const ushort SomeFailed = 2;

    /// <exception cref="IdentifierException">The action information lacks what it must have.</exception>
    public static CommitmentResult Of(DicomDataset action, ArchiveIndex index, string aeTitle)
    {
        var transaction = action.GetString(DicomTags.TransactionUID)
            ?? throw new IdentifierException(DimseCodes.InvalidArgument, "Transaction UID is missing", DicomTags.TransactionUID);
        var asked = action.GetItems(DicomTags.ReferencedSOPSequence);
        if (asked.Count == 0)
            throw new IdentifierException(DimseCodes.InvalidArgument, "Referenced SOP Sequence is missing", DicomTags.ReferencedSOPSequence);
        var judged = asked.Select(item => (Reference: ReferenceTo(item), Failure: FailureOf(item, index))).ToList();
        var information = new DicomDataset();
        information.SetString(DicomTags.TransactionUID, transaction);
        information.SetString(DicomTags.RetrieveAETitle, aeTitle);
        Add(information, DicomTags.ReferencedSOPSequence, judged.Where(one => one.Failure is null).Select(one => one.Reference));
        Add(information, DicomTags.FailedSOPSequence, judged.Where(one => one.Failure is not null).Select(one => Failed(one.Reference, one.Failure!.Value)));
        return new CommitmentResult(judged.Exists(one => one.Failure is not null) ? SomeFailed : AllCommitted, information);
    }

    private static ushort? FailureOf(DicomDataset item, ArchiveIndex index)
    {
        if (index.FindInstance(item.GetString(DicomTags.ReferencedSOPInstanceUID, "")) is not { } instance)
            return DimseCodes.NoSuchInstance;
        var stored = instance.Describe();
        if (stored.SopClassUid != item.GetString(DicomTags.ReferencedSOPClassUID))
            return DimseCodes.ClassInstanceConflict;
        return File.Exists(stored.Path) ? null : DimseCodes.ProcessingFailure;
    }

    private static DicomDataset ReferenceTo(DicomDataset item)
    {
        var reference = new DicomDataset();
        reference.SetString(DicomTags.ReferencedSOPClassUID, item.GetString(DicomTags.ReferencedSOPClassUID));
        reference.SetString(DicomTags.ReferencedSOPInstanceUID, item.GetString(DicomTags.ReferencedSOPInstanceUID));
        return reference;
    }

    private static DicomDataset Failed(DicomDataset reference, ushort reason)
    {
        reference.SetUInt16(DicomTags.FailureReason, reason);
        return reference;
    }

    // Neither sequence may be there without an item (PS3.4 Table J.3-2).
    private static void Add(DicomDataset information, DicomTag tag, IEnumerable<DicomDataset> items)
    {
        if (items.ToArray() is { Length: > 0 } some)
            information.SetItems(tag, some);
    }
}
