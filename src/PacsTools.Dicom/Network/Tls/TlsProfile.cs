using System.Net.Security;
using System.Security.Authentication;

namespace PacsTools.Dicom.Network;

/// <summary>What both sides agree to: PS3.15 B.12, the BCP 195 RFC 8996, 9325 profile. TLS 1.2 and 1.3, forward secrecy, authenticated encryption.</summary>
internal static class TlsProfile
{
    public const SslProtocols Protocols = SslProtocols.Tls12 | SslProtocols.Tls13;

    /// <summary>Null where the platform does not let a program choose (Windows): the suites are then those the administrator has left enabled.</summary>
    public static CipherSuitesPolicy? Ciphers { get; } = OperatingSystem.IsLinux() || OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD() ? Choose() : null;

    private static CipherSuitesPolicy? Choose()
    {
        try
        {
#pragma warning disable CA1416 // Asked above.
            return new CipherSuitesPolicy(
            [
                TlsCipherSuite.TLS_AES_256_GCM_SHA384,
                TlsCipherSuite.TLS_AES_128_GCM_SHA256,
                TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,

                // RFC 9325 4.2, and RFC 7905 for machines without AES instructions.
                TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
                TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
                TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
                TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
                TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
                TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
            ]);
#pragma warning restore CA1416
        }
        catch (PlatformNotSupportedException)
        {
            return null;
        }
    }
}
