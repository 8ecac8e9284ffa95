using System.Collections.Concurrent;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;

namespace PacsTools.Services.Storage;

/// <summary>Hands the reports of archives (N-EVENT-REPORT, PS3.4 J.3.3) to the transactions of this process that wait for them, on whatever association they come.</summary>
internal sealed class CommitmentReports
{
    private const int MaxLength = 16 * 1024 * 1024;
    private const ushort Success = 0x0000;

    // PS3.7 C: the statuses that fit.
    private const ushort ProcessingFailure = 0x0110;
    private const ushort NoSuchEventType = 0x0113;
    private const ushort NoSuchSopClass = 0x0118;
    private const ushort MissingAttribute = 0x0120;

    // PS3.4 J.3.3: 1 all is committed, 2 failures exist.
    private const ushort RequestSuccessful = 1;
    private const ushort FailuresExist = 2;

    private readonly ConcurrentDictionary<string, Action<CommitmentReport>> _waiting = new(StringComparer.Ordinal);

    /// <summary>Those of the process.</summary>
    public static CommitmentReports Shared { get; } = new();

    /// <summary>Expects reports on a transaction until the result is disposed.</summary>
    /// <param name="transactionUID">The transaction.</param>
    /// <param name="take">Given each report, on the thread that received it and before it is answered.</param>
    public IDisposable Expect(string transactionUID, Action<CommitmentReport> take)
    {
        _waiting[transactionUID] = take;
        return new Scope(() => _waiting.TryRemove(transactionUID, out _));
    }

    /// <summary>Takes a report and answers it.</summary>
    /// <param name="association">The association it came on.</param>
    /// <param name="message">An N-EVENT-REPORT request, its data set not yet read.</param>
    /// <returns>The status answered: 0000 if somebody was waiting for it.</returns>
    /// <exception cref="DicomException">The association is gone.</exception>
    public ushort Answer(Association association, IncomingMessage message)
    {
        var request = NEventReportRequest.From(message.Command);
        var (status, comment) = Take(request, message);
        message.SkipDataset();
        association.Send(message.Context, (NEventReportResponse.To(request, status) with { ErrorComment = comment }).ToCommandSet());
        return status;
    }

    // What the lists say counts, and not the event type: archives exist that send the one with the lists of the other.
    private (ushort Status, string? Comment) Take(NEventReportRequest request, IncomingMessage message)
    {
        if (request.AffectedSOPClassUID != DicomUids.StorageCommitmentPushModel)
            return (NoSuchSopClass, "Only storage commitment is reported here");
        if (request.EventTypeId is not (RequestSuccessful or FailuresExist))
            return (NoSuchEventType, "Not an event of storage commitment");
        CommitmentReport report;
        try
        {
            if (!message.HasDataSet)
                return (MissingAttribute, "The report has no data set");
            report = CommitmentReport.Read(DatasetReader.Read(message.ReadDataset(MaxLength), TransferSyntax.Get(message.Context.TransferSyntax)));
        }
        catch (DicomDataException)
        {
            return (ProcessingFailure, "The report cannot be read");
        }

        if (report.TransactionUID is not { } uid)
            return (MissingAttribute, "Transaction UID is missing");
        if (!_waiting.TryGetValue(uid, out var take))
            return (ProcessingFailure, "Nobody waits for this transaction");
        take(report);
        return (Success, null);
    }
}
