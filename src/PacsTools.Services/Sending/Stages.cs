using System.Threading.Channels;

namespace PacsTools.Services.Sending;

/// <summary>Parts of one job that run beside each other and write into one channel.</summary>
internal static class Stages
{
    /// <summary>Starts one that blocks, on a thread of its own. If it breaks it ends the others, so that nobody waits for what it will not bring.</summary>
    public static Task Block(Action stage, CancellationTokenSource stop) => OwnThread.RunAsync(() =>
    {
        try
        {
            stage();
        }
        catch
        {
            stop.Cancel();
            throw;
        }
    });

    /// <summary>As <see cref="Block"/>, for one that awaits.</summary>
    public static Task RunAsync(Func<Task> stage, CancellationTokenSource stop) => Task.Run(
        async () =>
        {
            try
            {
                await stage().ConfigureAwait(false);
            }
            catch
            {
                await stop.CancelAsync().ConfigureAwait(false);
                throw;
            }
        },
        CancellationToken.None);

    /// <summary>Completes the channel when all have ended; with the reason if one broke, which belongs to whoever reads. Never fails itself.</summary>
    public static async Task JoinAsync<T>(IReadOnlyList<Task> stages, ChannelWriter<T> writer)
    {
        try
        {
            await Task.WhenAll(stages).ConfigureAwait(false);
            writer.TryComplete();
        }
        catch (Exception e)
        {
            writer.TryComplete(Reason(stages) ?? e);
        }
    }

    /// <summary>Why the first of them broke. That the others were stopped is a consequence and not the reason: null if there is nothing else.</summary>
    public static Exception? Reason(IEnumerable<Task> stages) =>
        stages.Select(t => t.Exception?.InnerException).FirstOrDefault(e => e is not null and not OperationCanceledException);
}
