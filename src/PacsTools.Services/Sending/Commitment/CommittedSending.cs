using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace PacsTools.Services.Sending;

/// <summary>Sends, then asks the archive to commit to what it stored: the end of a stored file is known only with that answer.</summary>
internal sealed class CommittedSending(CommitmentJob? job = null)
{
    private const int Ahead = 1024;

    private readonly CommitmentJob _job = job ?? new CommitmentJob();

    /// <summary>Passes failures on at once and what was stored with the archive's word on it.</summary>
    public async IAsyncEnumerable<SendReport> CommitAsync(
        IAsyncEnumerable<SendReport> sent, CommitmentRequest request, IJobLog log, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var stored = Channel.CreateBounded<CommitmentItem>(new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });
        var ends = Channel.CreateBounded<SendReport>(new BoundedChannelOptions(Ahead) { SingleReader = true });
        var running = RunAsync(sent, stored, ends.Writer, request, log, stop);
        try
        {
            await foreach (var end in ends.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return end;
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await running.ConfigureAwait(false);
        }
    }

    private async Task RunAsync(
        IAsyncEnumerable<SendReport> sent, Channel<CommitmentItem> stored, ChannelWriter<SendReport> ends, CommitmentRequest request, IJobLog log, CancellationTokenSource stop)
    {
        Task[] both = [Task.Run(SendAsync, CancellationToken.None), Task.Run(CommitAsync, CancellationToken.None)];
        try
        {
            await Task.WhenAll(both).ConfigureAwait(false);
            ends.TryComplete();
        }
        catch (Exception e)
        {
            ends.TryComplete(both.Select(t => t.Exception?.InnerException).FirstOrDefault(x => x is not null and not OperationCanceledException) ?? e);
        }

        async Task SendAsync()
        {
            try
            {
                await foreach (var report in sent.WithCancellation(stop.Token).ConfigureAwait(false))
                {
                    if (report is { Error: null, Result: { } result })
                        await stored.Writer.WriteAsync(new CommitmentItem(result.SOPClassUID, result.SOPInstanceUID, result.Path) { Sent = report }, stop.Token).ConfigureAwait(false);
                    else
                        await ends.WriteAsync(report, stop.Token).ConfigureAwait(false);
                }

                stored.Writer.Complete();
            }
            catch
            {
                await stop.CancelAsync().ConfigureAwait(false);
                throw;
            }
        }

        async Task CommitAsync()
        {
            try
            {
                await foreach (var outcome in _job.RunAsync(request, stored.Reader, log, stop.Token).ConfigureAwait(false))
                    await ends.WriteAsync(Joined(outcome), stop.Token).ConfigureAwait(false);
            }
            catch
            {
                await stop.CancelAsync().ConfigureAwait(false);
                throw;
            }
        }
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
