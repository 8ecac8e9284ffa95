using PacsTools.Dicom.Data;

namespace PacsTools.Dicom.Tests.CharacterSets;

public sealed class DecodingTests
{
    private static SpecificCharacterSet Set(string terms) => SpecificCharacterSet.Parse(terms.Split('\\'));

    [Fact]
    public void BackslashInsideACharacterSeparatesNothing()
    {
        // GB18030 and GBK have the byte of the backslash as second half of characters.
        foreach (string term in (string[])["GB18030", "GBK"])
        {
            string[] values = Set(term).DecodeValues([0x85, 0x5C, (byte)'\\', 0xCD, 0xF5], DicomVR.LO);
            Assert.Equal(2, values.Length);
            Assert.Equal("王", values[1]);
            Assert.NotEqual('\uFFFD', Assert.Single(values[0]));
        }
    }

    [Fact]
    public void BackslashByteInKanjiSeparatesNothing()
    {
        // JIS 0x5C5E.. and 0x3D5C: both bytes of every delimiter occur in kanji.
        byte[] bytes = [.. Hex.Bytes("1B2442 3D5C 5C3D 5E5C 1B2842"), (byte)'\\', .. "b"u8];
        string[] values = Set(@"\ISO 2022 IR 87").DecodeValues(bytes, DicomVR.SH);
        Assert.Equal(2, values.Length);
        Assert.Equal(3, values[0].Length);
        Assert.Equal("b", values[1]);
        Assert.Equal(3, Set(@"\ISO 2022 IR 87").Decode(bytes.AsSpan(0, 12), isPersonName: true).Length);
    }

    [Fact]
    public void FullWidthBackslashIsNoDelimiter() => Assert.Single(
        Set(@"\ISO 2022 IR 87").DecodeValues(Hex.Bytes("1B2442 2140 1B2842"), DicomVR.LO));

    [Fact]
    public void EachValueStartsInTheInitialSets()
    {
        // A Latin-1 byte after the delimiter is Latin-1 again, although nothing switched back from Cyrillic.
        byte[] bytes = [.. Hex.Bytes("1B2D4C BB"), (byte)'\\', 0xE9];
        Assert.Equal(["Л", "é"], Set(@"ISO 2022 IR 100\ISO 2022 IR 144").DecodeValues(bytes, DicomVR.LO));
        // In LT the backslash is text, and nothing is reset.
        Assert.Equal(["Л\\щ"], Set(@"ISO 2022 IR 100\ISO 2022 IR 144").DecodeValues(bytes, DicomVR.LT));
    }

    [Theory]
    [InlineData(0x5E, true, "é")]
    [InlineData(0x3D, true, "é")]
    [InlineData(0x5E, false, "щ")]
    [InlineData(0x3D, false, "щ")]
    [InlineData(0x0D, false, "é")]
    [InlineData(0x0A, false, "é")]
    [InlineData(0x0C, false, "é")]
    [InlineData(0x09, false, "é")]
    [InlineData(0x20, true, "щ")]
    public void DelimitersReturnToTheInitialSets(int delimiter, bool isPersonName, string after)
    {
        byte[] bytes = [.. Hex.Bytes("1B2D4C BB"), (byte)delimiter, 0xE9];
        Assert.Equal("Л" + (char)delimiter + after, Set(@"ISO 2022 IR 100\ISO 2022 IR 144").Decode(bytes, isPersonName));
    }

    [Fact]
    public void ControlCharacterEndsKanji()
    {
        // The writer forgot ESC ( B before the line end.
        byte[] bytes = [.. Hex.Bytes("1B2442 3B33"), 0x0D, 0x0A, .. "abc"u8];
        Assert.Equal("山\r\nabc", Set(@"\ISO 2022 IR 87").Decode(bytes, isPersonName: false));
    }

    [Fact]
    public void EscapesThatWereNotDeclaredAreHonoured() =>
        Assert.Equal("山", Set("ISO_IR 100").Decode(Hex.Bytes("1B2442 3B33 1B2842"), isPersonName: true));

    [Fact]
    public void OneSetForG1NeedsNoEscape()
    {
        // Korean systems that write EUC-KR without escape sequences, or only once a value.
        SpecificCharacterSet set = Set(@"\ISO 2022 IR 149");
        Assert.Equal("홍^길동", set.Decode(Hex.Bytes("C8AB 5E B1E6B5BF"), isPersonName: true));
        Assert.Equal("홍^길동", set.Decode(Hex.Bytes("1B242943 C8AB 5E B1E6B5BF"), isPersonName: true));
        Assert.Equal("홍", Set("ISO 2022 IR 149").Decode(Hex.Bytes("C8AB"), isPersonName: true));
        // With two candidates nothing is guessed.
        Assert.Contains('\uFFFD', Set(@"\ISO 2022 IR 149\ISO 2022 IR 58").Decode(Hex.Bytes("C8AB"), isPersonName: true));
    }

    [Fact]
    public void OlderAndOtherDesignationsAreRead()
    {
        Assert.Equal("山", Set(@"\ISO 2022 IR 87").Decode(Hex.Bytes("1B2440 3B33 1B2842"), true)); // JIS C 6226-1978
        Assert.Equal("ﾔ", Set(@"\ISO 2022 IR 13").Decode(Hex.Bytes("1B2849 54 1B284A"), true)); // katakana in G0
        Assert.Equal("ﾔ", Set(@"\ISO 2022 IR 13").Decode(Hex.Bytes("1B2949 D4"), true));
    }

    [Fact]
    public void CharactersOfVendorsAreRead() => Assert.Equal("①", Set(@"\ISO 2022 IR 87").Decode(Hex.Bytes("1B2442 2D21 1B2842"), false));

    [Fact]
    public void YenAndOverlineAreReadAsAscii()
    {
        Assert.Equal(["ﾔ", "~"], Set("ISO_IR 13").DecodeValues([0xD4, 0x5C, 0x7E], DicomVR.LO));
        Assert.Equal([0x5C, 0x7E], Set("ISO_IR 13").Encode("¥‾", DicomVR.LT));
        Assert.False(Set("ISO_IR 13").CanEncode("¥")); // would read as the end of the value
    }

    [Theory]
    [InlineData(@"\ISO 2022 IR 87", "1B2442 3B", "\uFFFD")]
    [InlineData(@"\ISO 2022 IR 87", "1B2442 7E7E 1B2842 61", "\uFFFDa")]
    [InlineData(@"\ISO 2022 IR 149", "1B242943 C8", "\uFFFD")]
    [InlineData(@"\ISO 2022 IR 149", "1B242943 C8 61", "\uFFFDa")]
    [InlineData("ISO_IR 100", "61 1B 62", "a\uFFFDb")]
    [InlineData("ISO_IR 100", "1B 24", "\uFFFD$")]
    [InlineData("ISO_IR 100", "85", "\uFFFD")]
    [InlineData("ISO_IR 192", "61 C3", "a\uFFFD")]
    [InlineData("ISO_IR 192", "FF 61", "\uFFFDa")]
    [InlineData("ISO_IR 192", "61 1B 5B 6D", "a\uFFFD[m")] // steers a terminal
    [InlineData("ISO_IR 192", "C29B 6D", "\uFFFDm")]
    [InlineData("GB18030", "61 1B 62", "a\uFFFDb")]
    [InlineData("ISO_IR 126", "D2", "\uFFFD")]
    [InlineData("ISO_IR 166", "DB", "\uFFFD")]
    public void UndefinedBytesAreMarkedAndReported(string terms, string hex, string text)
    {
        Assert.Equal(text, Set(terms).Decode(Hex.Bytes(hex), isPersonName: true, out bool hadUndefined));
        Assert.True(hadUndefined);
    }

    [Fact]
    public void EmptyHasNoValues()
    {
        Assert.Empty(SpecificCharacterSet.Default.DecodeValues([], DicomVR.LO));
        Assert.Equal(["", ""], SpecificCharacterSet.Default.DecodeValues("\\"u8, DicomVR.LO));
        Assert.Equal([" a ", "b "], SpecificCharacterSet.Default.DecodeValues(" a \\b "u8, DicomVR.LO)); // padding is the data set's business
    }

    [Fact]
    public void NeverThrows()
    {
        var random = new Random(20240229);
        string[] terms = ["", "ISO_IR 100", "ISO 2022 IR 13", "ISO 2022 IR 87", "ISO 2022 IR 159", "ISO 2022 IR 149", "ISO 2022 IR 58", "GB18030", "GBK", "ISO_IR 192", "?"];
        byte[] likely = [0x1B, 0x24, 0x28, 0x29, 0x2D, 0x41, 0x42, 0x43, 0x44, 0x4A, 0x5C, 0x5E, 0x3D, 0x0D, 0x20, 0x81, 0xA1, 0xFE, 0xFF];
        for (int round = 0; round < 3000; round++)
        {
            SpecificCharacterSet set = SpecificCharacterSet.Parse([.. Enumerable.Range(0, random.Next(4)).Select(_ => terms[random.Next(terms.Length)])]);
            byte[] bytes = [.. Enumerable.Range(0, random.Next(40)).Select(_ => random.Next(2) == 0 ? likely[random.Next(likely.Length)] : (byte)random.Next(256))];
            string text = set.Decode(bytes, isPersonName: round % 2 == 0, out bool hadUndefined);
            Assert.Equal(text.Contains('\uFFFD'), hadUndefined);
            Assert.True(text.Length <= bytes.Length);
            set.DecodeValues(bytes, DicomVR.LO);
        }
    }
}
