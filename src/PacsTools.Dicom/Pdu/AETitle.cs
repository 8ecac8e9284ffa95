using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Pdus;

using Encoding = System.Text.Encoding;

/// <summary>The one rule for application entity titles (PS3.5 6.2, VR AE; PS3.8 9.3.2): 1 to 16 characters of the default
/// repertoire, no backslash, no control character, spaces around it not significant.</summary>
public static class AETitle
{
    /// <summary>The greatest number of characters.</summary>
    public const int MaxLength = 16;

    private static readonly char[] Padding = [' ', '\0'];

    /// <summary>True if the text is an AE title as it stands, or would be with its outer spaces removed.</summary>
    public static bool IsValid(string? title) => FindFault(title) is null;

    /// <summary>Says in words why a text is no AE title; null if it is one.</summary>
    public static string? FindFault(string? title)
    {
        var trimmed = title.AsSpan().Trim(' ');
        if (trimmed.IsEmpty)
            return "an AE title has at least one character that is not a space";
        if (trimmed.Length > MaxLength)
            return $"an AE title has at most {MaxLength} characters, this one has {trimmed.Length}";
        foreach (var c in trimmed)
        {
            if (c == '\\')
                return "an AE title holds no backslash";
            if (c is < ' ' or '\x7F')
                return $"an AE title holds no control character (U+{(int)c:X4})";
            if (c > '\x7F')
                return $"an AE title holds ASCII characters only (U+{(int)c:X4})";
        }

        return null;
    }

    /// <summary>Returns the title without its outer spaces.</summary>
    /// <exception cref="ArgumentException">The text is no AE title; the message says why.</exception>
    public static string Validate(string? title, string? parameterName = null)
    {
        if (FindFault(title) is { } fault)
            throw new ArgumentException($"'{PlainText.Of(title)}' is not usable: {fault}.", parameterName);
        return title!.Trim(' ');
    }

    /// <summary>Reads a title from the wire: outer spaces and NULs go, everything else stays, legal or not, so that
    /// a peer can be told by its name that it is not known.</summary>
    internal static string Decode(ReadOnlySpan<byte> field) => Encoding.Latin1.GetString(field).Trim(Padding);

    /// <summary>Writes a title padded with spaces to 16 bytes.</summary>
    internal static void Encode(string title, Span<byte> field16)
    {
        field16.Fill((byte)' ');
        Encoding.ASCII.GetBytes(Validate(title), field16);
    }
}
