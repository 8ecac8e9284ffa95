using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace PacsTools.Services.Sending;

/// <summary>Asks for the commitment of instances while they still come: some hundreds a transaction, a few transactions at a time.</summary>
internal sealed class CommitmentJob(CommitmentScu? scu = null)
{
    /// <summary>Transactions under way: an archive may take its time for each, and others need not wait for it.</summary>
    public const int AtATime = 4;

    private const int OutcomesAhead = 1024;

    private readonly CommitmentScu _scu = scu ?? new CommitmentScu();

    /// <summary>Runs until every instance has its end. A failure is an outcome; the rest goes on.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async IAsyncEnumerable<CommitmentOutcome> RunAsync(
        CommitmentRequest request, ChannelReader<CommitmentItem> items, IJobLog log, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var outcomes = Channel.CreateBounded<CommitmentOutcome>(new BoundedChannelOptions(OutcomesAhead) { SingleReader = true });
        var running = FeedAsync(request, items, outcomes.Writer, log, stop);
        var activity = $"Storage commitment by {request.Node}";
        long ended = 0;
        try
        {
            await foreach (var outcome in outcomes.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                log.Progress(new JobProgress(activity, $"{++ended} instances", ended));
                yield return outcome;
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await running.ConfigureAwait(false);
            log.Progress(new JobProgress(activity, "done", ended, ended, Completed: true));
        }
    }

    private async Task FeedAsync(CommitmentRequest request, ChannelReader<CommitmentItem> items, ChannelWriter<CommitmentOutcome> outcomes, IJobLog log, CancellationTokenSource stop)
    {
        using var slots = new SemaphoreSlim(AtATime);
        List<Task> transactions = [];
        Exception? failure = null;
        try
        {
            await foreach (var batch in BatchesAsync(items, request.BatchSize, stop.Token).ConfigureAwait(false))
            {
                await slots.WaitAsync(stop.Token).ConfigureAwait(false);
                transactions.RemoveAll(t => t.IsCompletedSuccessfully);
                transactions.Add(Stages.Block(() => RunOne(batch), stop));
            }
        }
        catch (Exception e)
        {
            failure = e;
            await stop.CancelAsync().ConfigureAwait(false);
        }

        try
        {
            await Task.WhenAll(transactions).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            failure = Stages.Reason(transactions) ?? failure ?? e;
        }

        outcomes.TryComplete(failure);

        void RunOne(IReadOnlyList<CommitmentItem> batch)
        {
            try
            {
                foreach (var outcome in _scu.Run(request, batch, log, stop.Token))
                    outcomes.WriteAsync(outcome, stop.Token).AsTask().GetAwaiter().GetResult();
            }
            finally
            {
                slots.Release();
            }
        }
    }

    private static async IAsyncEnumerable<IReadOnlyList<CommitmentItem>> BatchesAsync(ChannelReader<CommitmentItem> items, int size, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<CommitmentItem> batch = [];
        await foreach (var item in items.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            batch.Add(item);
            if (batch.Count < size)
                continue;
            yield return batch;
            batch = [];
        }

        if (batch.Count > 0)
            yield return batch;
    }
}
