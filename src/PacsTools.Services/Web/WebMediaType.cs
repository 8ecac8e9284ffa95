namespace PacsTools.Services.Web;

/// <summary>A media type with its parameters, as servers write it: quoted or not, in any case (RFC 9110 8.3.1).</summary>
internal sealed class WebMediaType
{
    private readonly Dictionary<string, string> _parameters = new(StringComparer.OrdinalIgnoreCase);

    private WebMediaType(string name) => Name = name;

    /// <summary>Type and subtype in lower case; empty if there is none.</summary>
    public string Name { get; }

    public string? this[string parameter] => _parameters.GetValueOrDefault(parameter);

    public static WebMediaType Parse(string? text)
    {
        ReadOnlySpan<char> rest = text;
        var end = rest.IndexOf(';');
        var type = new WebMediaType((end < 0 ? rest : rest[..end]).Trim().ToString().ToLowerInvariant());
        rest = end < 0 ? default : rest[(end + 1)..];
        while (!rest.IsEmpty)
        {
            var equals = rest.IndexOfAny('=', ';');
            if (equals < 0)
                break;
            var name = rest[..equals].Trim().ToString();
            if (rest[equals] == ';')
            {
                rest = rest[(equals + 1)..];
                continue;
            }

            var value = Value(rest[(equals + 1)..].TrimStart(), out rest);
            if (name.Length > 0)
                type._parameters.TryAdd(name, value);
        }

        return type;
    }

    private static string Value(ReadOnlySpan<char> text, out ReadOnlySpan<char> rest)
    {
        if (!text.StartsWith("\""))
        {
            var end = text.IndexOf(';');
            rest = end < 0 ? default : text[(end + 1)..];
            return (end < 0 ? text : text[..end]).Trim().ToString();
        }

        var value = new System.Text.StringBuilder();
        var at = 1;
        for (; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length)
                at++;
            value.Append(text[at]);
        }

        var next = at < text.Length ? text[at..].IndexOf(';') : -1;
        rest = next < 0 ? default : text[(at + next + 1)..];
        return value.ToString();
    }
}
