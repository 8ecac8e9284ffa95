using PacsTools.Dicom.Data;

namespace PacsTools.Services.Storage;

/// <summary>What an N-EVENT-REPORT of storage commitment says (PS3.4 Table J.3-2).</summary>
/// <param name="TransactionUID">The request it answers; null if it names none.</param>
/// <param name="RetrieveAETitle">Where the instances can be retrieved from, for those that do not say so themselves.</param>
/// <param name="Committed">What the archive takes the responsibility for.</param>
/// <param name="Failed">What it does not.</param>
internal sealed record CommitmentReport(
    string? TransactionUID,
    string? RetrieveAETitle,
    IReadOnlyList<CommitmentReport.Reference> Committed,
    IReadOnlyList<CommitmentReport.Reference> Failed)
{
    /// <summary>Processing failure (PS3.3 C.14.1.1), for archives that give no reason, or one that is none.</summary>
    private const ushort ProcessingFailure = 0x0110;

    public static CommitmentReport Read(DicomDataset information) => new(
        information.GetString(DicomTags.TransactionUID),
        information.GetString(DicomTags.RetrieveAETitle),
        [.. information.GetItems(DicomTags.ReferencedSOPSequence).Select(i => Reference.Of(i, null))],
        [.. information.GetItems(DicomTags.FailedSOPSequence).Select(i => Reference.Of(i, ReasonOf(i)))]);

    private static ushort ReasonOf(DicomDataset item) =>
        item.GetInt32(DicomTags.FailureReason) is { } code and > 0 and <= ushort.MaxValue ? (ushort)code : ProcessingFailure;

    /// <summary>An instance of a report.</summary>
    internal sealed record Reference(string? SOPClassUID, string? SOPInstanceUID, ushort? FailureReason, string? RetrieveAETitle)
    {
        public static Reference Of(DicomDataset item, ushort? failure) => new(
            item.GetString(DicomTags.ReferencedSOPClassUID),
            item.GetString(DicomTags.ReferencedSOPInstanceUID),
            failure,
            item.GetString(DicomTags.RetrieveAETitle));
    }
}
