using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using PacsTools.Dicom.Network;
using PacsTools.TestKit;
using PacsTools.TestKit.Processes;
using PacsTools.TestKit.Security;

namespace PacsTools.Dicom.Tests.Network;

/// <summary>A peer that begins TLS 1.2 anew in the middle of it, which is refused. .NET cannot be made to, so it is openssl.</summary>
public class TlsRenegotiationTests
{
    // The word that ends TLS is sent by whichever thread ends the association, a timer's among them: what escapes there ends the process.
    [Fact]
    public async Task Who_renegotiates_is_a_lost_connection_and_ending_it_throws_nothing()
    {
        Requirement.That("openssl", !OperatingSystem.IsWindows() && ProgramFinder.Find("openssl") is not null, "openssl is needed for a peer that renegotiates.");
        using var authority = new TestAuthority();
        var certificate = authority.Issue().Certificate;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        // Its input stays open: at the end of it openssl would close the connection.
        await using var peer = ExternalProcess.Start(new ProcessSpec("/bin/sh", ["-c", $"(echo R; exec sleep 60) | openssl s_client -tls1_2 -connect 127.0.0.1:{port}"]));
        using var socket = await Task.Run(() => listener.AcceptSocket()).WaitAsync(TimeSpan.FromSeconds(20));
        await NetworkFixtures.Run(() =>
        {
            using var transport = TlsHandshake.AsServer(
                new TlsTransport(new SocketTransport(socket), "peer", isClient: false),
                new TlsServerOptions { Certificate = certificate },
                SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true));
            Assert.Throws<IOException>(() => transport.Read(new byte[100]));
            transport.ShutdownSend();
            transport.ShutdownBoth();
        });
    }
}
