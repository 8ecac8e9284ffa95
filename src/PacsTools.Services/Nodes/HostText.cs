using System.Net;

namespace PacsTools.Services.Nodes;

/// <summary>What may stand for a host and a port.</summary>
internal static class HostText
{
    public static string Check(string? text)
    {
        var host = text?.Trim() ?? "";
        if (host.Length > 2 && host[0] == '[' && host[^1] == ']')
        {
            host = host[1..^1];
            return IPAddress.TryParse(host, out var address) && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
                ? host
                : throw new ArgumentException($"'{text}' is no host: brackets are for IPv6 addresses.");
        }

        // DnsEndPoint takes anything; an error of the resolver would come late and say less.
        return Uri.CheckHostName(host) == UriHostNameType.Unknown
            ? throw new ArgumentException(host.Length == 0 ? "The host name is empty." : $"'{text}' is neither a host name nor an address.")
            : host;
    }

    public static int CheckPort(int port, string name) => port is >= 1 and <= 65535
        ? port
        : throw new ArgumentOutOfRangeException(name, $"Port {port} is not in 1 to 65535.");

    public static string Bracketed(string host) => host.Contains(':') ? $"[{host}]" : host;
}
