using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace PacsTools.Services;

/// <summary>Reads what comes by the thousand: whoever writes wakes the reader a few hundred times a second, and not for every item.</summary>
internal static class BurstReader
{
    // Nobody sees it at the prompt, and a sender of small files brings a dozen in that time.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(2);

    /// <summary>
    /// All items as they come. The first of a burst is not held up; those behind it wait 2 ms at most. The channel has to have room for what is written in that time.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async IAsyncEnumerable<T> ReadInBurstsAsync<T>(this ChannelReader<T> reader, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            while (reader.TryRead(out var item))
                yield return item;
            if (!reader.Completion.IsCompleted)
                await Task.Delay(s_pause, cancellationToken).ConfigureAwait(false);
        }
    }
}
