using System.Net;
using System.Net.Security;

namespace PacsTools.Dicom.Network;

/// <summary>TLS over another transport (PS3.15 B); reads and writes block as on the plain one.</summary>
internal sealed class TlsTransport : ByteTransport
{
    private readonly ByteTransport _inner;
    private readonly SslStream _tls;

    public TlsTransport(ByteTransport inner)
    {
        _inner = inner;
        _tls = new SslStream(new TransportStream(inner), leaveInnerStreamOpen: false);
    }

    public SslStream Stream => _tls;

    public override EndPoint? RemoteEndPoint => _inner.RemoteEndPoint;

    // Bytes decrypted but not yet read are invisible here; the association asks only when its own buffer is empty, and
    // a record that is on its way is seen at the next question.
    public override bool CanReadNow => _inner.CanReadNow;

    public override int Read(Span<byte> buffer) => _tls.Read(buffer);

    public override void Write(ReadOnlySpan<byte> bytes) => _tls.Write(bytes);

    public override void ShutdownSend()
    {
        try
        {
            _tls.ShutdownAsync().Wait(TimeSpan.FromMilliseconds(100));
        }
        catch (Exception e) when (e is AggregateException or InvalidOperationException or IOException)
        {
            // close_notify is a courtesy; the TCP shutdown that follows says the same.
        }

        _inner.ShutdownSend();
    }

    public override void ShutdownBoth() => _inner.ShutdownBoth();

    public override void Dispose()
    {
        _inner.ShutdownBoth();
        _tls.Dispose();
        _inner.Dispose();
    }
}
