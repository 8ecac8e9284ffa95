using System.Net.Security;
using System.Net.Sockets;

namespace PacsTools.Dicom.Network;

/// <summary>What answers on a port that gives no answer to DICOM.</summary>
public enum PortProtocol
{
    /// <summary>Nothing that is known here: silence, or a close without a word.</summary>
    Unknown,

    /// <summary>TLS: a handshake was answered.</summary>
    Tls,

    /// <summary>HTTP without TLS.</summary>
    Http,

    /// <summary>SSH.</summary>
    Ssh,
}

/// <summary>Finds out what a port speaks by speaking to it, for the advice that follows a failed association. Nothing of DICOM is sent.</summary>
public static class PortProbe
{
    private const int Enough = 4;

    /// <summary>Tries TLS and then HTTP, each on a connection of its own; blocks.</summary>
    /// <param name="hostName">Host name or address.</param>
    /// <param name="port">TCP port.</param>
    /// <param name="limit">Bound of each of the tries.</param>
    public static PortProtocol Identify(string hostName, int port, TimeSpan limit)
    {
        var tls = Ask(hostName, port, limit, StartTls);
        if (tls != PortProtocol.Unknown)
            return tls;
        return Ask(hostName, port, limit, stream => stream.Write("GET / HTTP/1.0\r\n\r\n"u8));
    }

    private static PortProtocol Ask(string hostName, int port, TimeSpan limit, Action<Stream> speak)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using var timeout = new CancellationTokenSource(limit);
        using var stop = timeout.Token.UnsafeRegister(static s => ((Socket)s!).Dispose(), socket);
        var heard = new HeardStream(socket);
        try
        {
            socket.Connect(hostName, port);
            speak(heard);
            Span<byte> buffer = stackalloc byte[Enough];
            while (heard.Start.Length < Enough && heard.Read(buffer) > 0)
            {
                // The stream keeps what it hears.
            }
        }
        catch (Exception e) when (TlsErrors.IsHandshake(e))
        {
            // What was heard until then decides.
        }

        return heard.Start switch
        {
            // A handshake or an alert of TLS; its record layer has had major version 3 since SSL 3.0.
            [0x15 or 0x16, 0x03, ..] => PortProtocol.Tls,
            [(byte)'H', (byte)'T', (byte)'T', (byte)'P'] => PortProtocol.Http,
            [(byte)'S', (byte)'S', (byte)'H', (byte)'-'] => PortProtocol.Ssh,
            _ => PortProtocol.Unknown,
        };
    }

    // Only the beginning of the answer counts, so no certificate is looked at and none is shown.
    private static void StartTls(Stream stream)
    {
        using var tls = new SslStream(stream, leaveInnerStreamOpen: true);
        tls.AuthenticateAsClient(new SslClientAuthenticationOptions { TargetHost = "", RemoteCertificateValidationCallback = static (_, _, _, _) => true });
    }

    /// <summary>A socket that remembers the first bytes the peer sent.</summary>
    private sealed class HeardStream(Socket socket) : Stream
    {
        private readonly byte[] _start = new byte[Enough];
        private int _length;

        public ReadOnlySpan<byte> Start => _start.AsSpan(0, _length);

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            var read = socket.Receive(buffer);
            var kept = Math.Min(read, Enough - _length);
            buffer[..kept].CopyTo(_start.AsSpan(_length));
            _length += kept;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            while (!buffer.IsEmpty)
                buffer = buffer[socket.Send(buffer)..];
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
