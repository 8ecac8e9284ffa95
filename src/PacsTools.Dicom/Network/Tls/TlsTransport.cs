using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Network;

/// <summary>TLS over another transport (PS3.15 B.12); reads and writes block as on the plain one.</summary>
internal sealed class TlsTransport : ByteTransport
{
    private static readonly TimeSpan s_courtesy = TimeSpan.FromMilliseconds(100);

    private readonly ByteTransport _inner;
    private readonly TransportStream _bytes;
    private readonly SslStream _tls;
    private readonly string _peer;
    private readonly bool _isClient;
    private bool _heard;

    public TlsTransport(ByteTransport inner, string peer, bool isClient)
    {
        _inner = inner;
        _peer = peer;
        _isClient = isClient;
        _bytes = new TransportStream(inner);
        _tls = new SslStream(_bytes, leaveInnerStreamOpen: false);
    }

    public SslStream Stream => _tls;

    /// <summary>What the handshake came to; as far as it went, if it failed.</summary>
    public TlsSession Session { get; private set; } = new();

    /// <summary>The first bytes the peer sent, in the clear.</summary>
    public ReadOnlySpan<byte> FirstBytes => _bytes.FirstBytes;

    public bool PeerAskedForCertificate { get; private set; }

    public bool CertificateShown { get; set; }

    public override EndPoint? RemoteEndPoint => _inner.RemoteEndPoint;

    // Bytes decrypted but not yet read are invisible here; the association asks only when its own buffer is empty, and
    // a record that is on its way is seen at the next question.
    public override bool CanReadNow => _inner.CanReadNow;

    public void NoteRequest() => PeerAskedForCertificate = true;

    public void Complete(TlsPeerCheck check)
    {
        // Where the platform takes our certificate with its chain it does not ask us for it.
        PeerAskedForCertificate |= _isClient && _tls.IsAuthenticated && _tls.LocalCertificate is not null && _tls.IsMutuallyAuthenticated;
        Session = new TlsSession
        {
            Protocol = _tls.IsAuthenticated ? _tls.SslProtocol : null,
            CipherSuite = _tls.IsAuthenticated ? _tls.NegotiatedCipherSuite : null,
            PeerCertificate = check.Certificate,
            Chain = check.Chain,
            PeerAskedForCertificate = PeerAskedForCertificate,
            CertificateShown = CertificateShown && (!_isClient || PeerAskedForCertificate),
            Flaw = check.Flaw,
        };
    }

    public override int Read(Span<byte> buffer)
    {
        int read;
        try
        {
            read = _tls.Read(buffer);
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            throw (Exception?)Reason(e) ?? (e as IOException ?? new IOException(e.Message, e));
        }

        if (read == 0 && !_heard && TurnedAway(null) is { } reason)
            throw reason;
        _heard |= read > 0;
        return read;
    }

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _tls.Write(bytes);
        }
        catch (IOException e) when (!_heard && _isClient)
        {
            // The peer has closed already; what it said before may still be there to be read.
            throw FindLastWord() ?? TurnedAway(e) ?? (Exception)e;
        }
        catch (InvalidOperationException e)
        {
            // After close_notify of our own, which another thread may have sent to end the association.
            throw new IOException(e.Message, e);
        }
    }

    public override void ShutdownSend()
    {
        try
        {
            _tls.ShutdownAsync().Wait(s_courtesy);
        }
        catch (Exception e) when (e is AggregateException or InvalidOperationException or IOException or CryptographicException)
        {
            // close_notify is a courtesy, which OpenSSL refuses in a renegotiation; the TCP shutdown that follows says the same.
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

    private TlsException? FindLastWord()
    {
        try
        {
            _ = _tls.ReadByte();
            return null;
        }
        catch (Exception e) when (e is IOException or AuthenticationException or InvalidOperationException or NotSupportedException)
        {
            // Not supported: another thread reads, and hears the last word itself.
            return Reason(e);
        }
    }

    private TlsException? Reason(Exception e)
    {
        if (TlsAlert.From(e) is { } alert && alert != TlsAlert.CloseNotify)
            return TlsErrors.Alert(alert, _peer, PeerAskedForCertificate, CertificateShown, e);
        return _heard ? null : TurnedAway(e);
    }

    // With TLS 1.3 the handshake is over for a client before the server has looked at the client's certificate, and some servers look
    // only then with TLS 1.2 as well.
    private TlsException? TurnedAway(Exception? e) => _isClient && PeerAskedForCertificate && _tls.IsAuthenticated
        ? TlsErrors.ClosedAfterHandshake(_peer, CertificateShown, e)
        : null;
}
