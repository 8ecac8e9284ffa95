using System.Net;

namespace PacsTools.Services.Storage;

/// <summary>Addresses and networks that are let in; an empty list lets in all.</summary>
internal sealed class AddressFilter
{
    private readonly IPNetwork[] _networks;

    /// <exception cref="ArgumentException">An entry is neither an address nor a network.</exception>
    public AddressFilter(IReadOnlyList<string> entries) => _networks = [.. entries.Select(Parse)];

    public bool Allows(IPAddress? address)
    {
        if (_networks.Length == 0)
            return true;
        if (address is null)
            return false;
        var plain = Plain(address);
        return Array.Exists(_networks, n => n.Contains(plain));
    }

    /// <summary>The address of a peer as people write it; null if there is none.</summary>
    public static string? Text(EndPoint? peer) => (peer as IPEndPoint)?.Address is { } address ? Plain(address).ToString() : null;

    // A dual-stack socket shows IPv4 peers as ::ffff:a.b.c.d.
    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static IPNetwork Parse(string entry)
    {
        var text = entry.Trim();
        if (IPAddress.TryParse(text, out var address))
        {
            if (address.IsIPv4MappedToIPv6)
                address = address.MapToIPv4();
            return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        }

        // Newer frameworks clear host bits instead of refusing them; what was meant is not for us to guess.
        return IPNetwork.TryParse(text, out var network) && IPAddress.TryParse(text.AsSpan(0, text.IndexOf('/', StringComparison.Ordinal)), out var given) && network.BaseAddress.Equals(given)
            ? network
            : throw new ArgumentException($"'{entry}' is neither an IP address nor a network such as 10.1.0.0/16 (a network's host bits must be zero).");
    }
}
