using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;
using PacsTools.Services.Nodes;
using PacsTools.TestKit;
using PacsTools.TestKit.Scripting;
using PacsTools.TestKit.Security;

namespace PacsTools.Services.Tests.Security;

/// <summary>Every way in which TLS can fail to come about has a reason of its own.</summary>
public sealed class TlsFailureTests(TestAuthorityFixture fixture) : IClassFixture<TestAuthorityFixture>
{
    private static readonly byte[] s_abort = [7, 0, 0, 0, 0, 4, 0, 0, 2, 1];
    private readonly TestAuthority _authority = fixture.Authority;

    private TlsSettings Trusting => new() { CaCertificates = [CertificateReference.FromFile(_authority.Path)] };

    private static PacsNode Node(ScriptedPeer peer, TlsSettings settings) => new() { HostName = "127.0.0.1", Port = peer.Port, Tls = settings };

    private static Association Open(PacsNode node, TimeProvider? time = null) =>
        new DirectAssociations(time).Open(node, [new ProposedContext(DicomUids.Verification, [DicomUids.ImplicitVRLittleEndian])], TestContext.Current.CancellationToken);

    private static async Task<TlsException> FailureAsync(ScriptedPeer peer, TlsSettings settings)
    {
        await using (peer)
        {
            return await Task.Run(() => Assert.Throws<TlsException>(() => Open(Node(peer, settings))));
        }
    }

    [Fact]
    public async Task Expired() => Assert.Equal(TlsFailure.CertificateExpired, (await FailureAsync(SslPeer.With(_authority.Expired()), Trusting)).Kind);

    [Fact]
    public async Task Not_valid_yet() => Assert.Equal(TlsFailure.CertificateNotYetValid, (await FailureAsync(SslPeer.With(_authority.NotYetValid()), Trusting)).Kind);

    [Fact]
    public async Task For_another_name()
    {
        var failure = await FailureAsync(SslPeer.With(_authority.OfAnotherName()), Trusting);
        Assert.Equal(TlsFailure.NameMismatch, failure.Kind);
        Assert.Contains("pacs.example", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_an_authority_nobody_named() =>
        Assert.Equal(TlsFailure.UnknownAuthority, (await FailureAsync(SslPeer.With(_authority.Issue()), new TlsSettings())).Kind);

    [Fact]
    public async Task Of_another_authority_than_the_one_named()
    {
        using var other = new TestAuthority("another");
        Assert.Equal(TlsFailure.UnknownAuthority, (await FailureAsync(SslPeer.With(other.Issue()), Trusting)).Kind);
    }

    [Fact]
    public async Task For_clients_only() =>
        Assert.Equal(TlsFailure.CertificateInvalid, (await FailureAsync(SslPeer.With(_authority.OnlyFor(server: false)), Trusting)).Kind);

    [Fact]
    public async Task Not_the_pinned_one()
    {
        var shown = _authority.Issue();
        var failure = await FailureAsync(SslPeer.With(shown), new TlsSettings { Thumbprint = [_authority.Issue("other").Sha256], SkipCertificateCheck = true });
        Assert.Equal(TlsFailure.PinMismatch, failure.Kind);
        Assert.Contains(shown.Sha256, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pinned_one_that_expired()
    {
        var expired = _authority.Expired();
        Assert.Equal(TlsFailure.CertificateExpired, (await FailureAsync(SslPeer.With(expired), new TlsSettings { Thumbprint = [expired.Sha256] })).Kind);
    }

    [Fact]
    public async Task A_peer_of_plain_DICOM()
    {
        var failure = await FailureAsync(SslPeer.Plain(s_abort), Trusting);
        Assert.Equal(TlsFailure.NotSpoken, failure.Kind);
        Assert.Contains("plain DICOM", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_web_server()
    {
        var failure = await FailureAsync(SslPeer.Plain("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray()), Trusting);
        Assert.Equal(TlsFailure.NotSpoken, failure.Kind);
        Assert.Contains("HTTP", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_that_closes_at_once() => Assert.Equal(TlsFailure.NotSpoken, (await FailureAsync(SslPeer.Plain(), Trusting)).Kind);

    [Theory]
    [InlineData(70, TlsFailure.ProtocolVersion)]
    [InlineData(40, TlsFailure.NoCommonCipher)]
    [InlineData(71, TlsFailure.NoCommonCipher)]
    [InlineData(112, TlsFailure.NameMismatch)]
    [InlineData(80, TlsFailure.HandshakeFailed)]
    public async Task An_alert_at_the_beginning(byte alert, TlsFailure expected) =>
        Assert.Equal(expected, (await FailureAsync(SslPeer.Plain(0x15, 3, 1, 0, 2, 2, alert), Trusting)).Kind);

    [Fact]
    public async Task A_suite_outside_the_profile()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the platform does not let a program choose cipher suites");
        var failure = await FailureAsync(
            SslPeer.With(_authority.Issue(), o =>
            {
                o.EnabledSslProtocols = SslProtocols.Tls12;
                o.CipherSuitesPolicy = OperatingSystem.IsLinux() ? new CipherSuitesPolicy([TlsCipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256, TlsCipherSuite.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256]) : null;
            }),
            Trusting);
        Assert.Equal(TlsFailure.NoCommonCipher, failure.Kind);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task A_certificate_of_ours_is_demanded(SslProtocols version)
    {
        var failure = await FailureAsync(Demanding(version, _ => false), Trusting);
        Assert.Equal(TlsFailure.ClientCertificateRequired, failure.Kind);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task A_certificate_of_ours_does_not_please(SslProtocols version)
    {
        var own = CertificateReference.FromMemory(_authority.Issue("own").Certificate);
        var failure = await FailureAsync(Demanding(version, _ => false), Trusting with { Certificate = own });
        Assert.Equal(TlsFailure.ClientCertificateRejected, failure.Kind);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task A_certificate_of_ours_is_shown_with_those_above_it(SslProtocols version)
    {
        var shown = new TaskCompletionSource<string?>();
        var own = _authority.Issue("own");
        await File.AppendAllTextAsync(own.BothPath, "\n" + _authority.Certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await using var peer = Demanding(version, c => shown.TrySetResult(c?.Subject));
        var failure = await Task.Run(() => Record.Exception(() => Open(Node(peer, Trusting with { Certificate = CertificateReference.FromFile(own.BothPath) }))));
        Assert.IsAssignableFrom<DicomNetworkException>(failure);
        Assert.Equal("CN=own", await shown.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_peer_that_keeps_silent_is_waited_for_no_longer_than_the_association_timeout()
    {
        var time = new FakeTimeProvider();
        var silent = new TaskCompletionSource();
        var greeted = new TaskCompletionSource();
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            await connection.ReadExactlyAsync(5);
            greeted.SetResult();
            await silent.Task;
        });
        var opening = Task.Run(() => Assert.Throws<DicomTimeoutException>(() => Open(Node(peer, Trusting), time)));
        await greeted.Task;
        time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal("Tls", (await opening).Operation);
        silent.SetResult();
    }

    [Fact]
    public async Task Cancelling_ends_the_handshake()
    {
        using var stop = new CancellationTokenSource();
        var silent = new TaskCompletionSource();
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            await connection.ReadExactlyAsync(5);
            await stop.CancelAsync();
            await silent.Task;
        });
        await Task.Run(() => Assert.Throws<OperationCanceledException>(
            () => DirectAssociations.Default.Open(Node(peer, Trusting), [new ProposedContext(DicomUids.Verification, [DicomUids.ImplicitVRLittleEndian])], stop.Token)));
        silent.SetResult();
    }

    [Fact]
    public async Task A_probe_tells_of_a_certificate_that_would_not_do()
    {
        var shown = _authority.Expired();
        await using var peer = SslPeer.With(shown);
        var session = await Task.Run(() => TlsProbe.Run("127.0.0.1", peer.Port, Trusting.ToClient(), TimeSpan.FromSeconds(20)));
        Assert.Equal(TlsFailure.CertificateExpired, session.Flaw?.Kind);
        Assert.Equal(shown.Sha256, TlsPin.Of(session.PeerCertificate!));
        Assert.Equal(SslProtocols.Tls13, session.Protocol);
        Assert.NotNull(session.CipherSuite);
        Assert.True(session.ExpiresAt < DateTimeOffset.UtcNow);
        Assert.Contains(session.Chain, c => c.Subject == _authority.Certificate.Subject);
    }

    private ScriptedPeer Demanding(SslProtocols version, Func<X509Certificate?, bool> accept) => SslPeer.With(_authority.Issue(), o =>
    {
        o.EnabledSslProtocols = version;
        o.ClientCertificateRequired = true;
        o.RemoteCertificateValidationCallback = (_, certificate, _, _) => accept(certificate);
    });
}

/// <summary>Making keys takes a moment: one authority serves all tests of a class.</summary>
public sealed class TestAuthorityFixture : IDisposable
{
    public TestAuthority Authority { get; } = new();

    public void Dispose() => Authority.Dispose();
}
