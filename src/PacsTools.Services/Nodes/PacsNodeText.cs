using System.Globalization;

namespace PacsTools.Services.Nodes;

/// <summary>The text forms of a node: <c>AE@host:port</c>, <c>AE@host</c>, <c>host:port</c>.</summary>
internal static class PacsNodeText
{
    public static PacsNode Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        // An AE title may hold '@', a host may not: the last one divides.
        var at = text.LastIndexOf('@');
        var address = text[(at + 1)..].Trim();
        var (host, port) = SplitAddress(address, text);
        if (at < 0 && port is null)
        {
            throw new FormatException($"'{text}' is no address: write AE@host:port or host:port.");
        }

        try
        {
            var node = new PacsNode { HostName = host, Port = port ?? PacsDefaults.PacsPort };
            return at < 0 ? node : node with { CalledAETitle = text[..at] };
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"'{text}' is no node: {e.Message}", e);
        }
    }

    private static (string Host, int? Port) SplitAddress(string address, string text)
    {
        var colon = address.LastIndexOf(':');
        if (address.StartsWith('['))
        {
            var close = address.IndexOf(']');
            if (close < 0 || (close < address.Length - 1 && address[close + 1] != ':'))
            {
                throw new FormatException($"'{text}' is no node: the bracket of the IPv6 address is not closed before the port.");
            }

            return close == address.Length - 1
                ? (address, null)
                : (address[..(close + 1)], ParsePort(address[(close + 2)..], text));
        }

        if (colon != address.IndexOf(':'))
        {
            throw new FormatException($"'{text}' is no node: an IPv6 address stands in brackets, as in AE@[::1]:104.");
        }

        return colon < 0 ? (address, null) : (address[..colon], ParsePort(address[(colon + 1)..], text));
    }

    private static int ParsePort(string digits, string text) =>
        !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? throw new FormatException($"'{text}' is no node: '{digits}' is no port.")
        : port is < 1 or > 65535 ? throw new FormatException($"'{text}' is no node: port {port} is not in 1 to 65535.")
        : port;
}
