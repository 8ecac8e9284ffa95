using PacsTools.Dicom.Errors;
using PacsTools.Services.Nodes;
using PacsTools.Services.Web;
using PacsTools.TestKit.Scripting;
using PacsTools.TestKit.Security;

namespace PacsTools.Services.Tests.Security;

/// <summary>What a node trusts for DICOM it trusts for https, and nothing more.</summary>
public sealed class HttpsTests(TestAuthorityFixture fixture) : IClassFixture<TestAuthorityFixture>
{
    private readonly TestCertificate _server = fixture.Authority.Issue("web");

    private ScriptedPeer Web() => SslPeer.With(_server, null, async tls =>
    {
        await tls.ReadAtLeastAsync(new byte[16], 16);
        await tls.WriteAsync("HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray());
        await tls.ShutdownAsync();
    });

    private static async Task<int> GetAsync(ScriptedPeer peer, TlsSettings settings)
    {
        var node = new PacsNode { HostName = "127.0.0.1", DicomWebUri = new Uri($"https://127.0.0.1:{peer.Port}/dicom-web"), Tls = settings };
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{node.DicomWebUri}/studies"));
        using var response = await DicomWebTransport.For(node).SendAsync(request, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }

    [Fact]
    public async Task A_pinned_certificate_and_a_private_authority_will_do()
    {
        await using var first = Web();
        Assert.Equal(204, await GetAsync(first, new TlsSettings { Enabled = false, Thumbprint = [_server.Sha256] }));
        await using var second = Web();
        Assert.Equal(204, await GetAsync(second, new TlsSettings { CaCertificates = [CertificateReference.FromFile(fixture.Authority.Path)] }));
        await using var third = Web();
        Assert.Equal(204, await GetAsync(third, new TlsSettings { SkipCertificateCheck = true }));
    }

    [Fact]
    public async Task Others_are_refused_with_the_reason()
    {
        await using var first = Web();
        var pin = await Record.ExceptionAsync(() => GetAsync(first, new TlsSettings { Thumbprint = [fixture.Authority.Expired().Sha256] }));
        Assert.Equal(TlsFailure.PinMismatch, Assert.IsType<TlsException>(DicomWebErrors.Of(pin!, new Uri("https://127.0.0.1"))).Kind);
        await using var second = Web();
        var unknown = await Record.ExceptionAsync(() => GetAsync(second, new TlsSettings()));
        Assert.Equal(TlsFailure.UnknownAuthority, Assert.IsType<TlsException>(DicomWebErrors.Of(unknown!, new Uri("https://127.0.0.1"))).Kind);
    }
}
