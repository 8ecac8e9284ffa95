using System.Net.Sockets;

namespace PacsTools.Services.Web;

/// <summary>
/// A connection whose bytes are waited for by the thread that wants them, if that says so. A study comes in thousands of pieces; awaited one by one, each would go by way of the
/// poller and the thread pool, whose idle threads then look for work on the processor the server needs.
/// </summary>
internal sealed class BlockingNetworkStream : NetworkStream
{
    // Not the token that comes with a read: an HTTP connection listens to that only once a read has gone on elsewhere.
    [ThreadStatic]
    private static CancellationToken? t_blocksUntil;

    /// <param name="socket">Connected, and used for nothing else.</param>
    public BlockingNetworkStream(Socket socket)
        : base(socket, ownsSocket: true)
    {
    }

    /// <summary>Does some reading on a thread of its own, and blocks that wherever bytes have to be waited for.</summary>
    /// <param name="work">The reading.</param>
    /// <param name="stop">Cuts the connection off when cancelled.</param>
    public static Task<T> ReadBlockingAsync<T>(Func<Task<T>> work, CancellationToken stop) => OwnThread.RunAsync(() =>
    {
        t_blocksUntil = stop;
        try
        {
            return work().GetAwaiter().GetResult();
        }
        finally
        {
            t_blocksUntil = null;
        }
    });

    /// <summary>Blocks a thread that reads blocking; for any other, as for the head of an answer or to see whether an idle connection still is one, another waits.</summary>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (t_blocksUntil is not { } stop)
            return new ValueTask<int>(OwnThread.RunAsync(() => ReadNow(buffer, cancellationToken)));
        try
        {
            return ValueTask.FromResult(ReadNow(buffer, stop));
        }
        catch (OperationCanceledException e)
        {
            return ValueTask.FromCanceled<int>(e.CancellationToken);
        }
        catch (Exception e)
        {
            // As every asynchronous method does.
            return ValueTask.FromException<int>(e);
        }
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>On a thread of its own: a server that is busy sending does not read.</summary>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        new(OwnThread.RunAsync(() => WriteNow(buffer, cancellationToken)));

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    private int ReadNow(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var read = Until(cancellationToken, () => Read(buffer.Span));
        // A connection that was cut off reads as one that has ended.
        cancellationToken.ThrowIfCancellationRequested();
        return read;
    }

    private int WriteNow(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken) => Until(cancellationToken, () =>
    {
        Write(buffer.Span);
        return buffer.Length;
    });

    private int Until(CancellationToken cancellationToken, Func<int> work)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var stop = CutOffOn(cancellationToken);
        try
        {
            return work();
        }
        catch (IOException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private CancellationTokenRegistration CutOffOn(CancellationToken cancellationToken) =>
        cancellationToken.UnsafeRegister(static s => ((BlockingNetworkStream)s!).CutOff(), this);

    private void CutOff()
    {
        try
        {
            Socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is cut off already.
        }
    }
}
