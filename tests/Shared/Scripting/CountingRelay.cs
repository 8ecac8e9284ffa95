using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace PacsTools.TestKit.Scripting;

/// <summary>Stands between a requestor and its peer and counts the associations that are open: from the request until the answer that ends it is on its way back.</summary>
public sealed class CountingRelay : IDisposable
{
    private const byte AssociateRequest = 1, AssociateReject = 3, ReleaseResponse = 6, Abort = 7;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly object _gate = new();
    private readonly int _target;
    private int _open;

    public CountingRelay(int target)
    {
        _target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Open { get { lock (_gate) return _open; } }

    /// <summary>The most that were open at one time.</summary>
    public int Peak { get; private set; }

    public int Total { get; private set; }

    public void Dispose() => _listener.Stop();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = RelayAsync(await _listener.AcceptSocketAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task RelayAsync(Socket near)
    {
        using var far = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        near.NoDelay = true;
        var counted = new StrongBox();
        using (near)
        {
            await far.ConnectAsync(IPAddress.Loopback, _target);
            await Task.WhenAll(PumpAsync(near, far, counted), PumpAsync(far, near, counted));
        }
    }

    private async Task PumpAsync(Socket from, Socket to, StrongBox counted)
    {
        try
        {
            byte[] head = new byte[6];
            byte[] buffer = new byte[64 * 1024];
            while (await FillAsync(from, head))
            {
                Note(head[0], counted);
                await to.SendAsync(head);
                for (long left = BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(2)); left > 0;)
                {
                    int read = await from.ReceiveAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)));
                    if (read == 0)
                        return;
                    await to.SendAsync(buffer.AsMemory(0, read));
                    left -= read;
                }
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The other direction ends too.
            from.Dispose();
            to.Dispose();
        }
        finally
        {
            Note(Abort, counted);
        }
    }

    private void Note(byte type, StrongBox counted)
    {
        lock (_gate)
        {
            if (type == AssociateRequest && !counted.Value)
            {
                counted.Value = true;
                Total++;
                Peak = Math.Max(Peak, ++_open);
            }
            else if (type is AssociateReject or ReleaseResponse or Abort && counted.Value)
            {
                counted.Value = false;
                _open--;
            }
        }
    }

    private static async Task<bool> FillAsync(Socket from, Memory<byte> all)
    {
        while (all.Length > 0)
        {
            int read = await from.ReceiveAsync(all);
            if (read == 0)
                return false;
            all = all[read..];
        }

        return true;
    }

    private sealed class StrongBox
    {
        public bool Value { get; set; }
    }
}
