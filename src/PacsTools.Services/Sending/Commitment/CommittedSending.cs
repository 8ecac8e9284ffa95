namespace PacsTools.Services.Sending;

/// <summary>Sends, then asks the archive to commit to what it stored: the end of a stored file is known only with that answer.</summary>
internal sealed class CommittedSending(CommitmentJob? job = null)
{
    private readonly CommitmentJob _job = job ?? new CommitmentJob();

    /// <summary>Passes failures on at once and what was stored with the archive's word on it.</summary>
    public IAsyncEnumerable<SendReport> CommitAsync(IAsyncEnumerable<SendReport> sent, CommitmentRequest request, IJobLog log, CancellationToken cancellationToken = default) =>
        SecondStage.RunAsync(sent, Stored, (items, stop) => CommittedAsync(_job.RunAsync(request, items, log, stop)), cancellationToken);

    private static CommitmentItem? Stored(SendReport report) => report is { Error: null, Result: { } result }
        ? new CommitmentItem(result.SOPClassUID, result.SOPInstanceUID, result.Path) { Sent = report }
        : null;

    private static async IAsyncEnumerable<SendReport> CommittedAsync(IAsyncEnumerable<CommitmentOutcome> outcomes)
    {
        await foreach (var outcome in outcomes.ConfigureAwait(false))
            yield return Joined(outcome);
    }

    private static SendReport Joined(CommitmentOutcome outcome)
    {
        var sent = outcome.Item.Sent!;
        return sent with
        {
            Result = sent.Result! with { Committed = outcome.Result.Committed, Reason = outcome.Result.Reason ?? sent.Result.Reason },
            Error = outcome.Error,
        };
    }
}
