using System.Net;
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

    private BlockingNetworkStream(Socket socket)
        : base(socket, ownsSocket: true)
    {
    }

    /// <summary>Connects to the first address of a host that answers.</summary>
    /// <exception cref="SocketException">None does.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async ValueTask<Stream> ConnectAsync(DnsEndPoint to, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(to.Host, cancellationToken).ConfigureAwait(false);
        return await OnThreadOfItsOwn(() => Connect(addresses, to.Port, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Does some reading on a thread of its own, and blocks that wherever bytes have to be waited for.</summary>
    /// <param name="work">The reading.</param>
    /// <param name="stop">Cuts the connection off when cancelled.</param>
    public static Task<T> ReadBlockingAsync<T>(Func<Task<T>> work, CancellationToken stop) => OnThreadOfItsOwn(() =>
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
            return new ValueTask<int>(OnThreadOfItsOwn(() => ReadNow(buffer, cancellationToken)));
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
        new(OnThreadOfItsOwn(() => WriteNow(buffer, cancellationToken)));

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    private static BlockingNetworkStream Connect(IPAddress[] addresses, int port, CancellationToken cancellationToken)
    {
        SocketException? error = null;
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                using (cancellationToken.UnsafeRegister(static s => ((Socket)s!).Dispose(), socket))
                    socket.Connect(address, port);
                return new BlockingNetworkStream(socket);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                socket.Dispose();
                cancellationToken.ThrowIfCancellationRequested();
                error ??= e as SocketException;
            }
        }

        throw error ?? new SocketException((int)SocketError.HostNotFound);
    }

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

    // What comes after it is none of its business: that goes on elsewhere.
    private static Task<T> OnThreadOfItsOwn<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        })
        { IsBackground = true, Name = "DICOMweb" }.Start();
        return done.Task;
    }
}
