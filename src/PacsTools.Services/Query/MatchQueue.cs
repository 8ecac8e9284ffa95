using System.Threading.Channels;

namespace PacsTools.Services.Query;

/// <summary>Matches on their way to the consumer: so many, and so many bytes of them, at most. A slow consumer slows the archive down instead of filling memory.</summary>
internal sealed class MatchQueue
{
    /// <summary>Matches kept ahead of the consumer.</summary>
    public const int Most = 128;

    /// <summary>Bytes of identifiers kept ahead of the consumer, or one longer identifier. The usual one is a few hundred bytes long.</summary>
    public const long MostBytes = 16 << 20;

    private readonly Channel<FindMatch> _matches = Channel.CreateBounded<FindMatch>(new BoundedChannelOptions(Most) { SingleReader = true, SingleWriter = true });
    private readonly object _gate = new();
    private long _held;

    public int Count => _matches.Reader.Count;

    /// <summary>Hands a match on; blocks until there is room.</summary>
    /// <param name="match">The match.</param>
    /// <param name="over">Nobody reads any more: the match is dropped.</param>
    public void Enqueue(FindMatch match, CancellationToken over)
    {
        if (!Hold(match, over) || _matches.Writer.TryWrite(match))
        {
            return;
        }

        try
        {
            _matches.Writer.WriteAsync(match, over).AsTask().GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            // Nobody reads any more.
        }
    }

    /// <summary>Nothing follows, since this was all or for that reason. False if that was known.</summary>
    public bool TryComplete(Exception? reason = null) => _matches.Writer.TryComplete(reason);

    /// <inheritdoc cref="ChannelReader{T}.WaitToReadAsync"/>
    public ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default) => _matches.Reader.WaitToReadAsync(cancellationToken);

    public bool TryRead([System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out FindMatch match)
    {
        if (!_matches.Reader.TryRead(out match))
        {
            return false;
        }

        lock (_gate)
        {
            _held -= match.Length;
            Monitor.PulseAll(_gate);
        }

        return true;
    }

    private bool Hold(FindMatch match, CancellationToken over)
    {
        lock (_gate)
        {
            if (IsRoomFor(match))
            {
                _held += match.Length;
                return true;
            }
        }

        using var wake = over.UnsafeRegister(
            static gate =>
            {
                lock (gate!)
                {
                    Monitor.PulseAll(gate);
                }
            },
            _gate);
        lock (_gate)
        {
            while (!IsRoomFor(match))
            {
                if (over.IsCancellationRequested)
                {
                    return false;
                }

                Monitor.Wait(_gate);
            }

            _held += match.Length;
            return true;
        }
    }

    private bool IsRoomFor(FindMatch match) => _held == 0 || _held + match.Length <= MostBytes;
}
