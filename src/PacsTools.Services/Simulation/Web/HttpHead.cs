namespace PacsTools.Services.Simulation.Web;

/// <summary>A request line and its headers (RFC 9112 3, 5), checked as far as they say where the request ends.</summary>
/// <param name="Method">The method, as written.</param>
/// <param name="Target">The request target, as written.</param>
/// <param name="IsHttp11">False for HTTP/1.0.</param>
/// <param name="Headers">Names and values in their order.</param>
internal sealed record HttpHead(string Method, string Target, bool IsHttp11, IReadOnlyList<(string Name, string Value)> Headers)
{
    /// <summary>Bytes of the body; null for a chunked one.</summary>
    public long? ContentLength { get; init; } = 0;

    public bool ExpectsContinue => IsHttp11 && string.Equals(this["Expect"], "100-continue", StringComparison.OrdinalIgnoreCase);

    /// <summary>True if the client wants the connection to stay.</summary>
    public bool KeepsAlive => IsHttp11 ? !HasToken("Connection", "close") : HasToken("Connection", "keep-alive");

    /// <summary>A header's value, several joined; null if there is none.</summary>
    public string? this[string name] =>
        string.Join(", ", Headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value)) is { Length: > 0 } value ? value : null;

    private bool HasToken(string name, string token) =>
        this[name]?.Split(',', StringSplitOptions.TrimEntries).Contains(token, StringComparer.OrdinalIgnoreCase) == true;
}
