using System.Net;
using System.Net.Sockets;

namespace PacsTools.Services.Web;

/// <summary>
/// A connection whose bytes are waited for by the thread that wants them. A study comes in thousands of pieces; awaited one by one, each would go by way of the
/// poller and the thread pool, whose idle threads then look for work on the processor the server needs.
/// </summary>
internal sealed class BlockingNetworkStream : NetworkStream
{
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

    /// <summary>Blocks the calling thread, unless that is one of the pool.</summary>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Thread.CurrentThread.IsThreadPoolThread)
            return new ValueTask<int>(OnThreadOfItsOwn(() => ReadNow(buffer, cancellationToken)));
        try
        {
            return ValueTask.FromResult(ReadNow(buffer, cancellationToken));
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
        cancellationToken.ThrowIfCancellationRequested();
        using var stop = CutOffOn(cancellationToken);
        try
        {
            var read = Read(buffer.Span);
            cancellationToken.ThrowIfCancellationRequested();
            return read;
        }
        catch (IOException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private int WriteNow(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var stop = CutOffOn(cancellationToken);
        try
        {
            Write(buffer.Span);
            return buffer.Length;
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

    private static Task<T> OnThreadOfItsOwn<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
