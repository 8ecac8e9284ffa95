using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PacsTools.Services.Storage;

/// <summary>
/// Makes file names out of values a peer chose. What comes out is one legal name on Linux, macOS and Windows alike, never a
/// path, and two different values never become one name.
/// </summary>
internal static class SafeFileName
{
    /// <summary>The longest one value may become, in characters.</summary>
    public const int MaxValueLength = 64;

    /// <summary>The longest a whole file or folder name may become, in UTF-8 bytes; file systems end at 255 and a suffix must still fit.</summary>
    public const int MaxNameBytes = 200;

    /// <summary>The name used where a value is absent or empty.</summary>
    public const string Absent = "unknown";

    // Device names stay reserved on Windows whatever follows the first dot, in any case.
    private static readonly HashSet<string> s_reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "CLOCK$", "CONIN$", "CONOUT$",
        "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "COM¹", "COM²", "COM³",
        "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9", "LPT¹", "LPT²", "LPT³",
    };

    // The ASCII separators and what Unicode draws like them; some file systems fold the full-width forms to ASCII.
    private const string Separators = "/\\:*?\"<>|\u2044\u2215\u2216\u29F5\u29F8\u29F9\uFE68\uFF0F\uFF3C\uFF1A\uFF0A\uFF1F\uFF02\uFF1C\uFF1E\uFF5C\u2024\u2025\u2026\uFF0E\uFE52";

    /// <summary>True if a UID may be a file name as it stands: digits and single dots between them, 1 to 64 characters (PS3.5 9.1).</summary>
    public static bool IsSafeUid(string uid)
    {
        if (uid.Length is 0 or > 64 || uid[0] == '.' || uid[^1] == '.')
            return false;
        var previous = '\0';
        foreach (var c in uid)
        {
            if (!char.IsAsciiDigit(c) && (c != '.' || previous == '.'))
                return false;
            previous = c;
        }

        return true;
    }

    /// <summary>The name of a UID: the UID itself, else <c>uid-{hash}</c>.</summary>
    public static string FromUid(string uid) => IsSafeUid(uid) ? uid : "uid-" + Hash(uid, 16);

    /// <summary>The name of any other value. If anything of it had to change, a short hash of the whole keeps it apart from its look-alikes.</summary>
    public static string FromText(string value)
    {
        var trimmed = value.AsSpan().Trim(" \0").ToString();
        if (trimmed.Length == 0)
            return Absent;
        var clean = Clean(trimmed);
        if (clean.Length > MaxValueLength)
            clean = Cut(clean, MaxValueLength);
        return clean == trimmed ? clean : clean + "-" + Hash(value, 8);
    }

    /// <summary>Makes a whole file or folder name fit: no device name, no dot or blank at an end, no more than <see cref="MaxNameBytes"/>.</summary>
    public static string Finish(string name)
    {
        var fit = name;
        if (Encoding.UTF8.GetByteCount(fit) > MaxNameBytes)
        {
            var extension = Path.GetExtension(fit) is { Length: > 1 and <= 8 } e ? e : string.Empty;
            var stem = fit[..^extension.Length];
            var room = MaxNameBytes - 9 - Encoding.UTF8.GetByteCount(extension);
            while (Encoding.UTF8.GetByteCount(stem) > room)
                stem = Cut(stem, stem.Length - 1);
            fit = stem + "-" + Hash(name, 8) + extension;
        }

        fit = fit.TrimEnd(' ', '.');
        if (fit.Length == 0)
            return "_";
        if (fit[0] is '.' or ' ')
            fit = "_" + fit.TrimStart(' ', '.');
        var dot = fit.IndexOf('.', StringComparison.Ordinal);
        return s_reserved.Contains((dot < 0 ? fit : fit[..dot]).TrimEnd(' ')) ? "_" + fit : fit;
    }

    /// <summary>The first characters of the value's SHA-256, in lower-case hexadecimal.</summary>
    public static string Hash(string value, int length) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(value)))[..length].ToLowerInvariant();

    private static string Clean(string value)
    {
        var text = new StringBuilder(Math.Min(value.Length, MaxValueLength + 1));
        // Anything longer is cut anyway: a hostile value costs no more than an honest one.
        for (var i = 0; i < value.Length && text.Length <= MaxValueLength; i++)
        {
            var c = value[i];
            if (char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
            {
                text.Append(c).Append(value[++i]);
                continue;
            }

            text.Append(IsRefused(c) ? '_' : c);
        }

        // Names of dots alone mean folders; a dot at the front hides a file, one at the end vanishes on Windows.
        if (text.Length > 0 && text[0] == '.')
            text[0] = '_';
        if (text.Length > 0 && text[^1] is '.' or ' ')
            text[^1] = '_';
        return text.ToString();
    }

    private static bool IsRefused(char c) =>
        char.IsControl(c)
        || char.IsSurrogate(c)
        || Separators.Contains(c, StringComparison.Ordinal)
        || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;

    private static string Cut(string text, int length) =>
        length > 0 && char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)] : text[..length];
}
