using System.Net;
using System.Net.Sockets;

namespace PacsTools.Dicom.Network;

/// <summary>
/// Plain TCP. The socket is only ever used synchronously: one asynchronous call would switch it to non-blocking for good
/// and make every later read a detour through the poller.
/// </summary>
internal sealed class SocketTransport : ByteTransport
{
    // Linux names: IPPROTO_TCP and TCP_QUICKACK.
    private const int TcpLevel = 6;
    private const int QuickAck = 12;
    private static readonly bool HasQuickAck = OperatingSystem.IsLinux();
    private static readonly byte[] On = [1, 0, 0, 0];

    private readonly Socket _socket;
    private readonly ShortWait _wait = new();
    private readonly Func<bool> _canRead;

    public SocketTransport(Socket socket)
    {
        _socket = socket;
        _canRead = () => CanReadNow;
        socket.NoDelay = true;
        RemoteEndPoint = socket.RemoteEndPoint;
    }

    public override EndPoint? RemoteEndPoint { get; }

    public override bool CanReadNow => _socket.Poll(0, SelectMode.SelectRead);

    public override int Read(Span<byte> buffer)
    {
        // A peer that keeps Nagle on sends the rest of a message only when the first part is acknowledged, which Linux
        // delays by 40 ms. The option wears off by itself, so it is set before every read.
        if (HasQuickAck)
        {
            _socket.SetRawSocketOption(TcpLevel, QuickAck, On);
        }

        _wait.For(_canRead);
        return _socket.Receive(buffer, SocketFlags.None);
    }

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[_socket.Send(bytes, SocketFlags.None)..];
        }
    }

    public override void ShutdownSend() => Shutdown(SocketShutdown.Send);

    public override void ShutdownBoth() => Shutdown(SocketShutdown.Both);

    public override void Dispose() => _socket.Dispose();

    private void Shutdown(SocketShutdown how)
    {
        try
        {
            _socket.Shutdown(how);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The peer was faster; there is nothing left to shut down.
        }
    }
}
