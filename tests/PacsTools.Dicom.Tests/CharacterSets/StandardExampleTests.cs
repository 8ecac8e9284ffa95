using PacsTools.Dicom.Data;

namespace PacsTools.Dicom.Tests.CharacterSets;

/// <summary>The examples that PS3.5 prints byte for byte in annexes H (Japanese), I (Korean), J and K (Chinese), and names in the
/// single-byte sets. Each is decoded, and encoding gives the same bytes.</summary>
public sealed class StandardExampleTests
{
    public static TheoryData<string, string, string, string> PersonNames => new()
    {
        // PS3.5 H.3.1: value 1 empty, kanji and hiragana in JIS X 0208, back to ASCII before each delimiter
        {
            @"\ISO 2022 IR 87", "Yamada^Tarou=山田^太郎=やまだ^たろう", "H.3.1",
            "59616D6164615E5461726F75 3D 1B2442 3B334544 1B2842 5E 1B2442 42404F3A 1B2842 3D 1B2442 2464245E2440 1B2842 5E 1B2442 243F246D2426 1B2842"
        },
        // PS3.5 H.3.2: value 1 is JIS X 0201: half-width katakana in G1, and ISO-IR 14 to return to
        {
            @"ISO 2022 IR 13\ISO 2022 IR 87", "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう", "H.3.2",
            "D4CFC0DE 5E C0DBB3 3D 1B2442 3B334544 1B284A 5E 1B2442 42404F3A 1B284A 3D 1B2442 2464245E2440 1B284A 5E 1B2442 243F246D2426 1B284A"
        },
        // PS3.5 I.2: hangul in G1, designated again after each delimiter
        {
            @"\ISO 2022 IR 149", "Hong^Gildong=洪^吉洞=홍^길동", "I.2",
            "486F6E675E47696C646F6E67 3D 1B242943 FBF3 5E 1B242943 D1CED4D7 3D 1B242943 C8AB 5E 1B242943 B1E6B5BF"
        },
        // PS3.5 J.1: UTF-8
        { "ISO_IR 192", "Wang^XiaoDong=王^小東=", "J.1", "57616E675E5869616F446F6E67 3D E78E8B 5E E5B08FE69DB1 3D" },
        // PS3.5 J.2: GB18030
        { "GB18030", "Wang^XiaoDong=王^小东=", "J.2", "57616E675E5869616F446F6E67 3D CDF5 5E D0A1B6AB 3D" },
        // PS3.5 J.4: GBK
        { "GBK", "Wang^XiaoDong=王^小东=", "J.4", "57616E675E5869616F446F6E67 3D CDF5 5E D0A1B6AB 3D" },
        // PS3.5 K.2: GB 2312 in G1
        {
            @"\ISO 2022 IR 58", "Zhang^XiaoDong=张^小东=", "K.2",
            "5A68616E675E5869616F446F6E67 3D 1B242941 D5C5 5E 1B242941 D0A1B6AB 3D"
        },
        { "ISO_IR 100", "Buc^Jérôme", "Latin-1", "4275635E4AE972F46D65" },
        { "ISO_IR 100", "Äneas^Rüdiger", "Latin-1", "C46E6561735E52FC6469676572" },
        { "ISO_IR 101", "Wałęsa^Święty", "Latin-2", "5761B3EA73615EA67769EA7479" },
        { "ISO_IR 109", "Ħamrun^Ġorġ", "Latin-3", "A1616D72756E5ED56F72F5" },
        { "ISO_IR 110", "Šķēlis^Āris", "Latin-4", "A9F3BA6C69735EC0726973" },
        { "ISO_IR 144", "Люкceмбypг", "Cyrillic", "BBEEDA6365DCD17970D3" },
        { "ISO_IR 127", "قباني^لنزار", "Arabic", "E2C8C7E6EA5EE4E6D2C7D1" },
        { "ISO_IR 126", "Διονυσιος", "Greek", "C4E9EFEDF5F3E9EFF2" },
        { "ISO_IR 138", "שרון^דבורה", "Hebrew", "F9F8E5EF5EE3E1E5F8E4" },
        { "ISO_IR 148", "Çavuşoğlu", "Latin-5", "C7617675FE6FF06C75" },
        { "ISO_IR 203", "Œuvre^Zoë€", "Latin-9", "BC757672655E5A6FEBA4" },
        { "ISO_IR 166", "นามสกุล^ชื่อ", "Thai", "B9D2C1CAA1D8C55EAAD7E8CD" },
        { "ISO_IR 13", "ﾔﾏﾀﾞ^ﾀﾛｳ", "katakana", "D4CFC0DE5EC0DBB3" },
        // JIS X 0212, the supplementary kanji, in G0 with an escape sequence of four bytes
        { @"\ISO 2022 IR 87\ISO 2022 IR 159", "丂^山", "JIS X 0212", "1B242844 3021 1B2842 5E 1B2442 3B33 1B2842" },
        // From G1 of value 1 to another set and back before the delimiter
        { @"ISO 2022 IR 100\ISO 2022 IR 144", "Ö^Люк^é", "two G1 sets", "D6 5E 1B2D4C BBEEDA 1B2D41 5E E9" },
    };

    [Theory]
    [MemberData(nameof(PersonNames))]
    public void PersonNameIsDecodedAndEncoded(string terms, string name, string clause, string hex)
    {
        byte[] bytes = Hex.Bytes(hex);
        SpecificCharacterSet set = SpecificCharacterSet.Parse(terms.Split('\\'));

        Assert.False(set.HasUnknownTerms, clause);
        Assert.Equal(name, set.Decode(bytes, isPersonName: true, out bool hadUndefined));
        Assert.False(hadUndefined, clause);
        Assert.Equal([name], set.DecodeValues(bytes, DicomVR.PN));
        Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(set.Encode(name, DicomVR.PN)));
        Assert.True(set.CanEncode(name));
    }

    /// <summary>PS3.5 I.3 and K.3: each line starts in the initial sets again.</summary>
    [Theory]
    [InlineData(@"\ISO 2022 IR 149", "The first line includes 길동.\r\nThe second line includes 길동, too.\r\nThe third line.",
        "1B242943 B1E6B5BF")]
    [InlineData(@"\ISO 2022 IR 58", "1. 第一行文字。\r\n2. 第二行文字。\r\n3. 第三行文字。\r\n", "1B242941 B5DAD2BBD0D0CEC4D7D6A1A3")]
    public void LinesStartInTheInitialSets(string terms, string text, string firstRun)
    {
        SpecificCharacterSet set = SpecificCharacterSet.Parse(terms.Split('\\'));
        byte[] bytes = set.Encode(text, DicomVR.LT);
        string hex = Convert.ToHexString(bytes);
        Assert.Contains(firstRun.Replace(" ", "", StringComparison.Ordinal), hex);
        string escape = firstRun[..8];
        int designated = hex.Split(escape).Length - 1;
        Assert.Equal(text.Split("\r\n").Count(line => line.Any(c => c > 0x7F)), designated);
        Assert.Equal(text, set.Decode(bytes, isPersonName: false, out bool hadUndefined));
        Assert.False(hadUndefined);
        Assert.Equal([text], set.DecodeValues(bytes, DicomVR.LT));
    }

    /// <summary>PS3.5 I.3 as printed: the escape sequence stands at the start of the line, before the ASCII.</summary>
    [Fact]
    public void EscapeMayStandAheadOfItsUse()
    {
        byte[] bytes = [.. Hex.Bytes("1B242943"), .. "The first line includes "u8, .. Hex.Bytes("B1E6B5BF"), .. ".\r\n"u8,
            .. Hex.Bytes("1B242943"), .. "The second line includes "u8, .. Hex.Bytes("B1E6B5BF"), .. ", too.\r\nThe third line."u8];
        Assert.Equal("The first line includes 길동.\r\nThe second line includes 길동, too.\r\nThe third line.",
            SpecificCharacterSet.Parse(["", "ISO 2022 IR 149"]).Decode(bytes, isPersonName: false));
    }
}
