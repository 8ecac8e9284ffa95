using PacsTools.Dicom.Dimse;
using PacsTools.Services.Nodes;
using PacsTools.Services.Storage;

namespace PacsTools.Services.Sending;

/// <summary>
/// Instances asked about together, and what is known of each so far. Reports reach it from whatever thread received them, before the
/// archive has answered the request or long after.
/// </summary>
internal sealed class CommitmentTransaction : IDisposable
{
    private readonly object _gate = new();
    private readonly IReadOnlyList<CommitmentItem> _items;
    private readonly TimeProvider _time;
    private readonly Dictionary<(string SopClass, string Instance), Answer?> _answers = [];
    private readonly List<IDisposable> _registrations = [];
    private int _open;
    private long _heard;

    public CommitmentTransaction(IReadOnlyList<CommitmentItem> items, TimeProvider time)
    {
        _items = items;
        _time = time;
        foreach (var item in items)
            _answers.TryAdd((item.SOPClassUID, item.SOPInstanceUID), null);
        _open = _answers.Count;
        References = [.. _answers.Keys];
        _heard = time.GetTimestamp();
    }

    /// <summary>SOP class and instance of everything asked about, each once.</summary>
    public IReadOnlyList<(string SopClass, string Instance)> References { get; }

    /// <summary>The Transaction UID of the latest try; null before the first.</summary>
    public string? UID { get; private set; }

    /// <summary>True once a report has come, whatever it says and leaves out.</summary>
    public bool HasReport { get; private set; }

    public bool IsComplete
    {
        get
        {
            lock (_gate)
                return _open == 0;
        }
    }

    /// <summary>Time since the archive was last heard of.</summary>
    public TimeSpan Silence
    {
        get
        {
            lock (_gate)
                return _time.GetElapsedTime(_heard);
        }
    }

    /// <summary>Starts a try under a UID of its own: an archive that took an earlier one must not take this for a duplicate. Reports to either count.</summary>
    public string Begin(CommitmentReports reports)
    {
        UID = Dicom.Data.DicomUids.NewUid();
        _registrations.Add(reports.Expect(UID, Apply));
        return UID;
    }

    /// <summary>The archive has accepted the request: the wait for its report begins.</summary>
    public void NoteAccepted()
    {
        lock (_gate)
            _heard = _time.GetTimestamp();
    }

    /// <summary>Takes a report, which may leave instances out or name others.</summary>
    public void Apply(CommitmentReport report)
    {
        lock (_gate)
        {
            // In both lists: only what is certain counts.
            foreach (var reference in report.Committed.Concat(report.Failed))
                Apply(reference, report);
            _open = _answers.Values.Count(a => a is null);
            HasReport = true;
            _heard = _time.GetTimestamp();
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits for a report.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void WaitForReport(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var wake = cancellationToken.UnsafeRegister(
            static g =>
            {
                lock (g!)
                    Monitor.PulseAll(g);
            },
            _gate);
        lock (_gate)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_open > 0)
                Monitor.Wait(_gate, limit);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>The end of every instance.</summary>
    /// <param name="node">The archive.</param>
    /// <param name="silence">Why there is no answer where there is none.</param>
    public IEnumerable<CommitmentOutcome> Outcomes(PacsNode node, Exception? silence)
    {
        lock (_gate)
            return [.. _items.Select(item => OutcomeOf(item, _answers[(item.SOPClassUID, item.SOPInstanceUID)], node, silence))];
    }

    public void Dispose() => _registrations.ForEach(r => r.Dispose());

    private void Apply(CommitmentReport.Reference reference, CommitmentReport report)
    {
        if (reference.SOPInstanceUID is not { } instance)
            return;
        var answer = new Answer(reference.FailureReason, report.TransactionUID, reference.RetrieveAETitle ?? report.RetrieveAETitle);
        if (reference.SOPClassUID is { } sopClass && _answers.ContainsKey((sopClass, instance)))
        {
            _answers[(sopClass, instance)] = answer;
            return;
        }

        // An archive that names another class, or none, means the instance all the same.
        foreach (var key in References.Where(r => r.Instance == instance))
            _answers[key] = answer;
    }

    private CommitmentOutcome OutcomeOf(CommitmentItem item, Answer? answer, PacsNode node, Exception? silence)
    {
        var result = new DicomCommitmentResult
        {
            SOPInstanceUID = item.SOPInstanceUID,
            SOPClassUID = item.SOPClassUID,
            TransactionUID = answer?.TransactionUID ?? UID,
            Committed = answer is null ? null : answer.FailureReason is null,
            FailureReason = answer?.FailureReason,
            RetrieveAETitle = answer?.RetrieveAETitle,
            Path = item.Path,
            Node = node,
        };
        if (answer is { FailureReason: null })
            return new CommitmentOutcome(item, result);
        var error = answer is null ? silence ?? NotReported(item, node) : Refused(item, node, answer.FailureReason!.Value);
        var reason = answer is null ? error.Message : DimseStatus.Lookup(DimseService.StorageCommitment, answer.FailureReason!.Value).Words;
        return new CommitmentOutcome(item, result with { Reason = reason }, error);
    }

    private static CommitmentException NotReported(CommitmentItem item, PacsNode node) =>
        new("Commitment.NotReported", $"{node} reported on storage commitment and said nothing of {item.SOPInstanceUID}.")
        {
            Advice = "Do not delete the object. Ask for commitment again; the archive's log may say why it left it out.",
        };

    private static CommitmentException Refused(CommitmentItem item, PacsNode node, ushort reason)
    {
        var status = DimseStatus.Lookup(DimseService.StorageCommitment, reason);
        return new CommitmentException($"Commitment.{reason:X4}", $"{node} does not commit to {item.SOPInstanceUID}: {status}, {status.Words}") { FailureReason = reason, Advice = status.Advice };
    }

    private sealed record Answer(ushort? FailureReason, string? TransactionUID, string? RetrieveAETitle);
}
