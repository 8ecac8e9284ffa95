using System.Security.Authentication;
using PacsTools.Dicom.Network;

namespace PacsTools.Dicom.Tests.Network;

/// <summary>PS3.15 B.12: what is offered and accepted, whatever the machine would allow.</summary>
public class TlsProfileTests
{
    [Fact]
    public void Nothing_older_than_TLS_1_2_and_no_weak_suite_is_spoken()
    {
        Assert.Equal(SslProtocols.Tls12 | SslProtocols.Tls13, TlsProfile.Protocols);
        if (OperatingSystem.IsWindows())
        {
            Assert.Null(TlsProfile.Ciphers);
            return;
        }

        // Ephemeral keys and authenticated encryption: in TLS 1.3 by definition, in TLS 1.2 by name.
        var suites = TlsProfile.Ciphers!.AllowedCipherSuites.Select(s => s.ToString()).ToList();
        Assert.NotEmpty(suites);
        Assert.All(suites, s => Assert.Matches("^TLS_(AES_|CHACHA20_|ECDHE_(ECDSA|RSA)_WITH_).*(GCM|POLY1305)", s));
    }
}
