namespace PacsTools.Services.Nodes;

/// <summary>The rules of the AE value representation (PS3.5 6.2): 1 to 16 characters of the default repertoire, no backslash, no control character, not only spaces.</summary>
internal static class AETitle
{
    public const int MaxLength = 16;

    /// <summary>The title without leading and trailing spaces, which are not significant.</summary>
    /// <exception cref="ArgumentException">The text is no AE title; the message says which rule it breaks.</exception>
    public static string Check(string? text, string what)
    {
        var title = text?.Trim(' ') ?? "";
        var fault = Fault(title);
        return fault is null ? title : throw new ArgumentException($"The {what} '{Printable(title)}' is no AE title: {fault}.");
    }

    private static string? Fault(string title)
    {
        if (title.Length == 0)
        {
            return "it is empty";
        }

        if (title.Length > MaxLength)
        {
            return $"it has {title.Length} characters, at most {MaxLength} are allowed";
        }

        foreach (var c in title)
        {
            if (c == '\\')
            {
                return "a backslash is not allowed";
            }

            if (c is < ' ' or '\u007F')
            {
                return "control characters are not allowed";
            }

            if (c > '~')
            {
                return "only ASCII characters are allowed";
            }
        }

        return null;
    }

    // A control character must not reach a terminal by way of the message.
    private static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
}
