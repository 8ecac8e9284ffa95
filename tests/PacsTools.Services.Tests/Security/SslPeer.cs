using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using PacsTools.TestKit.Scripting;
using PacsTools.TestKit.Security;

namespace PacsTools.Services.Tests.Security;

/// <summary>A peer of somebody else's making that speaks TLS, or something else, on 127.0.0.1.</summary>
internal static class SslPeer
{
    /// <summary>Shakes hands with this certificate and then closes; failing is part of it.</summary>
    public static ScriptedPeer With(TestCertificate certificate, Action<SslServerAuthenticationOptions>? more = null, Func<SslStream, Task>? then = null) => ScriptedPeer.Listen(async connection =>
    {
        var options = new SslServerAuthenticationOptions { ServerCertificate = certificate.Certificate };
        more?.Invoke(options);
        await using var tls = new SslStream(connection.Stream, leaveInnerStreamOpen: true);
        try
        {
            await tls.AuthenticateAsServerAsync(options);
            if (then is not null)
                await then(tls);
        }
        catch (Exception e) when (e is AuthenticationException or IOException or SocketException)
        {
            // Whoever calls has the reason.
        }
    });

    /// <summary>Reads something and answers with these bytes.</summary>
    public static ScriptedPeer Plain(params byte[] answer) => ScriptedPeer.Listen(async connection =>
    {
        await connection.Stream.ReadExactlyAsync(new byte[5]);
        await connection.Stream.WriteAsync(answer);
    });
}
