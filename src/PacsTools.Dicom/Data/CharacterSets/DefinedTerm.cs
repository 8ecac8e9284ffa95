using System.Globalization;
using System.Text;

namespace PacsTools.Dicom.Data;

/// <summary>One value of (0008,0005), understood: a registered set, a set without code extensions, or neither.</summary>
/// <param name="Term">The standard's spelling; as written where the term is not known.</param>
/// <param name="RegistrationNumber">The ISO registration number of a set for G0 or G1; 0 otherwise.</param>
/// <param name="CodePage">The code page of UTF-8, GB18030, GBK or of a foreign set found by its name; 0 otherwise.</param>
/// <param name="IsKnown">Whether it is a defined term or a misspelling of one.</param>
internal readonly record struct DefinedTerm(string Term, int RegistrationNumber, int CodePage, bool IsKnown)
{
    private const int GB18030 = 54936;
    private const int Gbk = 936;

    // What writers put instead of the defined terms, without case, spaces and punctuation.
    private static readonly Dictionary<string, string> s_aliases = new(StringComparer.Ordinal)
    {
        ["ASCII"] = "ISO_IR 6", ["USASCII"] = "ISO_IR 6", ["ISO646"] = "ISO_IR 6", ["ISO646US"] = "ISO_IR 6", ["ISOIR14"] = "ISO_IR 13",
        ["LATIN1"] = "ISO_IR 100", ["ISO88591"] = "ISO_IR 100", ["88591"] = "ISO_IR 100", ["ISOLATIN1"] = "ISO_IR 100",
        ["LATIN2"] = "ISO_IR 101", ["ISO88592"] = "ISO_IR 101", ["88592"] = "ISO_IR 101",
        ["LATIN3"] = "ISO_IR 109", ["ISO88593"] = "ISO_IR 109", ["LATIN4"] = "ISO_IR 110", ["ISO88594"] = "ISO_IR 110",
        ["ISO88595"] = "ISO_IR 144", ["CYRILLIC"] = "ISO_IR 144", ["ISO88596"] = "ISO_IR 127", ["ARABIC"] = "ISO_IR 127",
        ["ISO88597"] = "ISO_IR 126", ["GREEK"] = "ISO_IR 126", ["ISO88598"] = "ISO_IR 138", ["HEBREW"] = "ISO_IR 138",
        ["LATIN5"] = "ISO_IR 148", ["ISO88599"] = "ISO_IR 148", ["LATIN9"] = "ISO_IR 203", ["ISO885915"] = "ISO_IR 203",
        ["TIS620"] = "ISO_IR 166", ["ISO885911"] = "ISO_IR 166", ["THAI"] = "ISO_IR 166",
        ["UTF8"] = "ISO_IR 192", ["UNICODE"] = "ISO_IR 192", ["ISO10646"] = "ISO_IR 192", ["ISO2022IR192"] = "ISO_IR 192",
        ["GB18030"] = "GB18030", ["GB180302000"] = "GB18030", ["ISO2022GB18030"] = "GB18030", ["ISOIRGB18030"] = "GB18030",
        ["GBK"] = "GBK", ["GB2312"] = "GBK", ["CP936"] = "GBK", ["MS936"] = "GBK", ["ISO2022GBK"] = "GBK", ["ISOIRGBK"] = "GBK",
        ["EUCKR"] = "ISO 2022 IR 149", ["KSC5601"] = "ISO 2022 IR 149", ["KSX1001"] = "ISO 2022 IR 149", ["ISO2022KR"] = "ISO 2022 IR 149",
        ["ISO2022JP"] = "ISO 2022 IR 87",
    };

    internal bool IsEmpty => Term.Length == 0;

    /// <summary>Whether the set takes the whole value and knows no code extensions.</summary>
    internal bool StandsAlone => CodePage != 0;

    internal static DefinedTerm Parse(string? written)
    {
        string text = (written ?? "").Trim(' ', '\0');
        if (text.Length == 0)
            return new DefinedTerm("", 0, 0, IsKnown: true);

        string plain = Plain(text);
        if (s_aliases.TryGetValue(plain, out string? alias))
        {
            text = alias;
            plain = Plain(alias);
        }
        switch (plain)
        {
            case "ISOIR192": return new DefinedTerm("ISO_IR 192", 0, CodePages.Utf8, true);
            case "GB18030": return new DefinedTerm("GB18030", 0, GB18030, true);
            case "GBK": return new DefinedTerm("GBK", 0, Gbk, true);
        }

        ReadOnlySpan<char> rest = Without("ISO", plain);
        ReadOnlySpan<char> afterExtension = Without("2022", rest);
        bool hasExtension = afterExtension.Length != rest.Length;
        if (int.TryParse(Without("IR", afterExtension), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && CodedSets.Find(number) is not null)
        {
            // These four have a meaning only with code extensions (PS3.3 Table C.12-4).
            string prefix = hasExtension || number is 58 or 87 or 149 or 159 ? "ISO 2022 IR " : "ISO_IR ";
            return new DefinedTerm(prefix + number.ToString(CultureInfo.InvariantCulture), number, 0, true);
        }
        return new DefinedTerm(text, 0, CodePages.TryGetByName(text)?.CodePage ?? 0, IsKnown: false);
    }

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (char.IsAsciiLetterOrDigit(c))
                plain.Append(char.ToUpperInvariant(c));
        }
        return plain.ToString();
    }

    private static ReadOnlySpan<char> Without(string prefix, ReadOnlySpan<char> text) =>
        text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : text;
}
