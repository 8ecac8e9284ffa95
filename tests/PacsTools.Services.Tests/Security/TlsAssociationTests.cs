using System.Net;
using System.Security.Authentication;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;
using PacsTools.Services.Nodes;
using PacsTools.TestKit;
using PacsTools.TestKit.Security;

namespace PacsTools.Services.Tests.Security;

/// <summary>Our two sides with each other over TLS.</summary>
public sealed class TlsAssociationTests(TestAuthorityFixture fixture) : IClassFixture<TestAuthorityFixture>
{
    private readonly TestAuthority _authority = fixture.Authority;
    private readonly List<Exception> _failures = [];
    private int _served;

    private TlsSettings Trusting => new() { CaCertificates = [CertificateReference.FromFile(_authority.Path)] };

    private DicomListener Listen(bool demand, TestCertificate? certificate = null) => DicomListener.Start(new ListenerOptions
    {
        BindAddress = IPAddress.Loopback,
        Tls = new TlsServerOptions
        {
            Certificate = (certificate ?? _authority.Issue("server")).Certificate,
            RequireClientCertificate = demand,
            Trust = new TlsTrust { Authorities = [_authority.Certificate] },
        },
        OnRequest = r => AcceptDecision.Accept(r, static (_, syntaxes) => syntaxes[0]),
        OnAssociation = association =>
        {
            Interlocked.Increment(ref _served);
            while (association.Receive() is { } message)
                association.Send(message.Context, CEchoResponse.To(CEchoRequest.From(message.Command), 0).ToCommandSet());
        },
        OnFailure = (_, e) =>
        {
            lock (_failures)
                _failures.Add(e);
        },
    });

    private static Association Open(DicomListener listener, TlsSettings? settings, string host = "127.0.0.1") => DirectAssociations.Default.Open(
        new PacsNode { HostName = host, Port = listener.Port, Tls = settings },
        [new ProposedContext(DicomUids.Verification, [DicomUids.ImplicitVRLittleEndian])],
        TestContext.Current.CancellationToken);

    private static void Echo(Association association)
    {
        association.Send(association.Contexts[0], new CEchoRequest(association.NextMessageId()).ToCommandSet());
        Assert.Equal((ushort)0, CEchoResponse.From(association.Receive()!.Command).Status);
    }

    private Exception? Failure()
    {
        lock (_failures)
            return _failures.FirstOrDefault();
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public void Echo_over_TLS(string host)
    {
        using var listener = Listen(demand: false);
        using var association = Open(listener, Trusting, host);
        Echo(association);
        Assert.Equal(SslProtocols.Tls13, association.Tls!.Protocol);
        Assert.False(association.Tls.PeerAskedForCertificate);
        Assert.True(association.IsIdleAndAlive);
        Assert.True(association.Release());
    }

    [Fact]
    public void Client_certificates_from_every_kind_of_file()
    {
        using var listener = Listen(demand: true);
        var own = _authority.Issue("client");
        var password = new PacsSecret(TestCertificate.Password);
        CertificateReference[] forms =
        [
            CertificateReference.FromMemory(own.Certificate),
            CertificateReference.FromFile(own.BothPath),
            CertificateReference.FromFile(own.CertificatePath, own.KeyPath),
            CertificateReference.FromFile(own.EncryptedPath, null, password),
            CertificateReference.FromFile(own.PfxPath, null, password),
        ];
        foreach (var form in forms)
        {
            using var association = Open(listener, Trusting with { Certificate = form });
            Echo(association);
            Assert.True(association.Tls!.CertificateShown);
            Assert.True(association.Release());
        }
    }

    [Fact]
    public async Task Whoever_shows_no_certificate_or_a_bad_one_is_turned_away_unheard()
    {
        using var listener = Listen(demand: true);
        using var stranger = new TestAuthority("stranger");
        Assert.Equal(TlsFailure.ClientCertificateRequired, Assert.Throws<TlsException>(() => Open(listener, Trusting)).Kind);
        await Eventually.TrueAsync(() => Failure() is not null, "the listener has a reason");
        Assert.Equal(TlsFailure.CertificateMissing, Assert.IsType<TlsException>(Failure()).Kind);
        foreach (var bad in new[] { stranger.Issue("stranger"), _authority.Expired(), _authority.OnlyFor(server: true) })
        {
            var own = CertificateReference.FromMemory(bad.Certificate);
            Assert.Equal(TlsFailure.ClientCertificateRejected, Assert.Throws<TlsException>(() => Open(listener, Trusting with { Certificate = own })).Kind);
        }

        Assert.Equal(0, Volatile.Read(ref _served));
    }

    [Fact]
    public void Pins_by_either_hash_make_an_unknown_authority_and_a_wrong_name_good()
    {
        var certificate = _authority.OfAnotherName();
        using var listener = Listen(demand: false, certificate);
        foreach (var pin in new[] { certificate.Sha256, certificate.Sha1.ToLowerInvariant(), "\u200e" + string.Join(':', certificate.Sha256.Chunk(2).Select(c => new string(c))) })
        {
            using var association = Open(listener, new TlsSettings { Thumbprint = ["00" + certificate.Sha256[2..], pin] });
            Echo(association);
        }

        // With authorities given the rest is looked at too.
        var failure = Assert.Throws<TlsException>(() => Open(listener, Trusting with { Thumbprint = [certificate.Sha256] }));
        Assert.Equal(TlsFailure.NameMismatch, failure.Kind);
        using var named = Open(listener, Trusting with { TargetName = "pacs.example" });
        Echo(named);
    }

    [Fact]
    public void The_check_can_be_skipped()
    {
        using var listener = Listen(demand: false, _authority.Expired());
        using var association = Open(listener, new TlsSettings { SkipCertificateCheck = true });
        Echo(association);
    }

    [Fact]
    public async Task Plain_DICOM_to_a_TLS_listener_is_named_on_both_sides()
    {
        using var listener = Listen(demand: false);
        Assert.IsAssignableFrom<DicomException>(Record.Exception(() => Open(listener, null)));
        await Eventually.TrueAsync(() => Failure() is not null, "the listener has a reason");
        var reason = Assert.IsType<TlsException>(Failure());
        Assert.Equal(TlsFailure.NotSpoken, reason.Kind);
        Assert.Contains("plain DICOM", reason.Message, StringComparison.Ordinal);
    }
}
