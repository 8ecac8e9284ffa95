using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace PacsTools.Services.Sending;

/// <summary>Two jobs in a row: what of the ends of the first is not the end yet goes through a second one, while the first still runs.</summary>
internal static class SecondStage
{
    private const int Ahead = 1024;

    /// <summary>Passes the ends of the first job on, or their places in the second those of the second.</summary>
    /// <param name="first">The first job.</param>
    /// <param name="next">What the second one is given for an end of the first; null if that is the end.</param>
    /// <param name="second">The second job, which runs until what it reads from is complete.</param>
    /// <param name="cancellationToken">Ends both.</param>
    public static async IAsyncEnumerable<SendReport> RunAsync<T>(
        IAsyncEnumerable<SendReport> first,
        Func<SendReport, T?> next,
        Func<ChannelReader<T>, CancellationToken, IAsyncEnumerable<SendReport>> second,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where T : class
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var between = Channel.CreateBounded<T>(new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });
        var ends = Channel.CreateBounded<SendReport>(new BoundedChannelOptions(Ahead) { SingleReader = true });
        var running = Stages.JoinAsync([Stages.RunAsync(FirstAsync, stop), Stages.RunAsync(SecondAsync, stop)], ends.Writer);
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

        async Task FirstAsync()
        {
            await foreach (var report in first.WithCancellation(stop.Token).ConfigureAwait(false))
            {
                if (next(report) is { } item)
                    await between.Writer.WriteAsync(item, stop.Token).ConfigureAwait(false);
                else
                    await ends.Writer.WriteAsync(report, stop.Token).ConfigureAwait(false);
            }

            between.Writer.Complete();
        }

        async Task SecondAsync()
        {
            await foreach (var report in second(between.Reader, stop.Token).WithCancellation(stop.Token).ConfigureAwait(false))
                await ends.Writer.WriteAsync(report, stop.Token).ConfigureAwait(false);
        }
    }
}
