using System.Globalization;
using PacsTools.Dicom.Data;

namespace PacsTools.Services.Query;

/// <summary>What the value representations (PS3.5 6.2) allow in a key. Each rule returns the text as it is to be sent.</summary>
internal static class TextRules
{
    private const string Wildcards = "*?";

    /// <summary>No control character, no backslash, not only spaces.</summary>
    public static string Any(string text, string key)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\')
            {
                throw new QueryKeyException("Query.Backslash", key, "a backslash would divide it into several values, which only lists of UIDs may be (PS3.4 C.2.2.2.2).");
            }

            if (char.IsControl(c))
            {
                throw new QueryKeyException("Query.ControlCharacter", key, $"the control character U+{(int)c:X4} cannot be part of a key (PS3.5 6.1.3).");
            }

            if (char.IsSurrogate(c) && !(char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[++i])))
            {
                throw new QueryKeyException("Query.IllegalCharacter", key, "half of a surrogate pair is no character.");
            }
        }

        // Padding is not significant (PS3.5 6.2), so blanks alone would silently ask for everything.
        var trimmed = text.Trim(' ');
        return trimmed.Length > 0
            ? trimmed
            : throw new QueryKeyException("Query.BlankKey", key, "it holds only spaces; an empty text asks for every value.");
    }

    public static string PersonName(string text, string key)
    {
        var name = Any(text, key);
        return name.Count(c => c == '=') <= 2
            ? name
            : throw new QueryKeyException("Query.IllegalCharacter", key, "a person name has at most three groups, divided by '=' (PS3.5 6.2.1.1).");
    }

    /// <summary>CS is written in capitals, so small letters can only be meant as such.</summary>
    public static string Code(string text, string key)
    {
        var code = Any(text, key).ToUpperInvariant();
        foreach (var c in code)
        {
            if (!(char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c is ' ' or '_' || Wildcards.Contains(c)))
            {
                throw new QueryKeyException("Query.IllegalCharacter", key, $"'{c}' is not allowed: a code string holds letters, digits, spaces and underscores (PS3.5 6.2).");
            }
        }

        return Bounded(code, 16, key);
    }

    public static string AETitle(string text, string key)
    {
        var title = Any(text, key);
        return title.All(char.IsAscii)
            ? Bounded(title, PacsTools.Dicom.Pdus.AETitle.MaxLength, key)
            : throw new QueryKeyException("Query.IllegalCharacter", key, "an AE title holds ASCII characters only (PS3.5 6.2).");
    }

    /// <summary>Archives hold UIDs with leading zeros and empty components; what they gave out can be asked for again.</summary>
    public static string Uid(string uid, string key) => uid.AsSpan().ContainsAny(Wildcards)
        ? throw new QueryKeyException("Query.Wildcard", key, "wildcards do not apply to UIDs (PS3.4 C.2.2.2.4).")
        : uid.Length <= DicomUids.MaxLength && uid.All(c => char.IsAsciiDigit(c) || c == '.') && uid.Any(char.IsAsciiDigit)
            ? uid
            : throw new QueryKeyException("Query.InvalidUid", key, $"'{QueryKeyException.Printable(uid)}' is no UID, which is digits and dots, at most 64 characters (PS3.5 9.1).");

    public static double Number(string text, string key, bool fraction)
    {
        RefuseWildcards(text, key, "numbers");
        var style = NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite
            | (fraction ? NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent : NumberStyles.None);
        return double.TryParse(text, style, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw new QueryKeyException("Query.IllegalValue", key, $"'{QueryKeyException.Printable(text)}' is no {(fraction ? "number" : "whole number")}.");
    }

    public static string Age(string text, string key)
    {
        RefuseWildcards(text, key, "ages");
        return text.Length == 4 && text.AsSpan(0, 3).IndexOfAnyExceptInRange('0', '9') < 0 && "DWMY".Contains(text[3])
            ? text
            : throw new QueryKeyException("Query.IllegalValue", key, $"'{QueryKeyException.Printable(text)}' is no age; write 018M or 045Y (PS3.5 6.2).");
    }

    /// <summary>DT as the standard writes it, and ranges of it; what its parts say is left to the archive.</summary>
    public static string DateTime(string text, string key)
    {
        RefuseWildcards(text, key, "date-times");
        var t = text.Trim();
        return t.Length is >= 4 and <= 54 && t.All(c => char.IsAsciiDigit(c) || c is '.' or '+' or '-') && t.Any(char.IsAsciiDigit)
            ? t
            : throw new QueryKeyException("Query.InvalidDate", key, $"'{QueryKeyException.Printable(text)}' is no date-time; write 20240101, 20240101143000 or a range of two with a hyphen between (PS3.5 6.2 DT).");
    }

    private static void RefuseWildcards(string text, string key, string kind)
    {
        if (text.AsSpan().ContainsAny(Wildcards))
        {
            throw new QueryKeyException("Query.Wildcard", key, $"wildcards do not apply to {kind} (PS3.4 C.2.2.2.4).");
        }
    }

    private static string Bounded(string text, int most, string key) => text.Length <= most
        ? text
        : throw new QueryKeyException("Query.TooLong", key, $"it has {text.Length} characters, at most {most} are allowed (PS3.5 6.2).");
}
