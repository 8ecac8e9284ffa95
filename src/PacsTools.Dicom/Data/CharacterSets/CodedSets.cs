namespace PacsTools.Dicom.Data;

using Encoding = System.Text.Encoding;

/// <summary>The sets of PS3.3 C.12.1.1.2 by their ISO registration numbers. Their tables are made when first used.</summary>
internal static class CodedSets
{
    internal static readonly CodedSet Ascii = new("(B", isG1: false, isDouble: false, () => Romaji());

    // ISO-IR 14 has the yen sign at 5C and the overline at 7E. 5C is the delimiter of values all the same, and what is shown
    // as it, so both bytes are read as ASCII; yen and overline are written to them.
    internal static readonly CodedSet JisRomaji = new("(J", false, false, () => Romaji(), null, ('\u203E', '~'), ('\u00A5', '\\'));

    internal static readonly CodedSet JisKatakana = new(")I", true, false, Katakana);
    internal static readonly CodedSet JisKatakanaInG0 = new("(I", false, false, Katakana);

    // The Unicode names of JIS differ from those of the code page for these six; the standard's are the ones other systems use.
    private static readonly (char CodePage, char Jis)[] s_jisNames =
        [('\uFF5E', '\u301C'), ('\u2225', '\u2016'), ('\uFF0D', '\u2212'), ('\uFFE0', '\u00A2'), ('\uFFE1', '\u00A3'), ('\uFFE2', '\u00AC')];

    private static readonly (char From, char To)[] s_jisAlternatives =
        [.. s_jisNames.Select(n => (n.CodePage, n.Jis)), ('\u00A5', '\uFFE5'), ('\u203E', '\uFFE3'), ('\u2014', '\u2015')];

    internal static readonly CodedSet JisX0208 = new("$B", false, true, () => JisNames(Double(51932)), IsRowOfJisX0208, s_jisAlternatives);
    internal static readonly CodedSet JisX0208Of1978 = new("$@", false, true, () => JisNames(Double(51932)), IsRowOfJisX0208, s_jisAlternatives);
    internal static readonly CodedSet JisX0212 = new("$(D", false, true, Supplement, row => row <= 0x6D);
    internal static readonly CodedSet KsX1001 = new("$)C", true, true, () => Double(949));
    internal static readonly CodedSet GB2312 = new("$)A", true, true, () => Double(936));

    private static readonly Dictionary<int, CodedSet> s_byNumber = new()
    {
        [6] = Ascii,
        [13] = JisKatakana,
        [58] = GB2312,
        [87] = JisX0208,
        [100] = Latin("-A", 28591),
        [101] = Latin("-B", 28592),
        [109] = Latin("-C", 28593),
        [110] = Latin("-D", 28594),
        [126] = Latin("-F", 28597),
        [127] = Latin("-G", 28596),
        [138] = Latin("-H", 28598),
        [144] = Latin("-L", 28595),
        [148] = Latin("-M", 28599),
        [149] = KsX1001,
        [159] = JisX0212,
        [166] = Latin("-T", 874),
        [203] = Latin("-b", 28605),
    };

    private static readonly CodedSet[] s_all = [.. s_byNumber.Values, JisRomaji, JisKatakanaInG0, JisX0208Of1978];

    /// <summary>The set a term names with its registration number, or null. For 13 that is the katakana; see <see cref="JisRomaji"/>.</summary>
    internal static CodedSet? Find(int number) => s_byNumber.GetValueOrDefault(number);

    /// <summary>The set whose escape sequence the bytes begin with, or null.</summary>
    internal static CodedSet? FindEscape(ReadOnlySpan<byte> bytes)
    {
        foreach (CodedSet set in s_all)
        {
            if (bytes.StartsWith(set.Escape))
                return set;
        }
        return null;
    }

    // Rows 29 to 2F and from 75 hold the additions of NEC and IBM.
    private static bool IsRowOfJisX0208(int row) => row is <= 0x28 or (>= 0x30 and <= 0x74);

    private static CodedSet Latin(string escape, int codePage) => new(escape, isG1: true, isDouble: false, () =>
    {
        Encoding encoding = CodePages.Strict(codePage);
        var characters = new char[128];
        for (int i = 0; i < characters.Length; i++)
        {
            // 80 to 9F hold controls or a vendor's additions, which are no part of the set.
            string text = i < 0x20 ? "" : encoding.GetString([(byte)(i | 0x80)]);
            characters[i] = text.Length == 1 && !IsPrivateUse(text[0]) ? text[0] : CodePages.Undefined;
        }
        return characters;
    });

    private static char[] Double(int codePage, int secondBit = 0x80)
    {
        Encoding encoding = CodePages.Strict(codePage);
        var characters = new char[94 * 94];
        Span<byte> bytes = stackalloc byte[2];
        Span<char> chars = stackalloc char[4];
        for (int i = 0; i < characters.Length; i++)
        {
            bytes[0] = (byte)(((i / 94) + 0x21) | 0x80);
            bytes[1] = (byte)(((i % 94) + 0x21) | secondBit);
            int length = encoding.GetChars(bytes, chars);
            characters[i] = length == 1 && !IsPrivateUse(chars[0]) ? chars[0] : CodePages.Undefined;
        }
        return characters;
    }

    // The code page lacks two characters of JIS X 0212.
    private static char[] Supplement()
    {
        char[] characters = Double(20932, secondBit: 0);
        characters[((0x22 - 0x21) * 94) + 0x37 - 0x21] = '~';
        characters[((0x22 - 0x21) * 94) + 0x71 - 0x21] = '\u2116';
        return characters;
    }

    private static char[] JisNames(char[] characters)
    {
        foreach ((char codePage, char jis) in s_jisNames)
        {
            int at = Array.IndexOf(characters, codePage);
            if (at >= 0)
                characters[at] = jis;
        }
        return characters;
    }

    private static char[] Romaji()
    {
        var characters = new char[128];
        for (int i = 0; i < characters.Length; i++)
            characters[i] = i < 0x7F ? (char)i : CodePages.Undefined;
        return characters;
    }

    private static char[] Katakana()
    {
        var characters = new char[128];
        for (int i = 0; i < characters.Length; i++)
            characters[i] = i is >= 0x21 and <= 0x5F ? (char)(0xFF61 + i - 0x21) : CodePages.Undefined;
        return characters;
    }

    // The code pages put what a set leaves undefined into the private use area.
    private static bool IsPrivateUse(char c) => c is >= '\uE000' and <= '\uF8FF';
}
