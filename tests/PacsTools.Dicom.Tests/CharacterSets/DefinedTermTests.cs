using PacsTools.Dicom.Data;

namespace PacsTools.Dicom.Tests.CharacterSets;

public sealed class DefinedTermTests
{
    [Theory]
    [InlineData("ISO_IR 6")]
    [InlineData("ISO_IR 100")]
    [InlineData("ISO_IR 101")]
    [InlineData("ISO_IR 109")]
    [InlineData("ISO_IR 110")]
    [InlineData("ISO_IR 144")]
    [InlineData("ISO_IR 127")]
    [InlineData("ISO_IR 126")]
    [InlineData("ISO_IR 138")]
    [InlineData("ISO_IR 148")]
    [InlineData("ISO_IR 203")]
    [InlineData("ISO_IR 13")]
    [InlineData("ISO_IR 166")]
    [InlineData("ISO_IR 192")]
    [InlineData("GB18030")]
    [InlineData("GBK")]
    [InlineData("ISO 2022 IR 6")]
    [InlineData("ISO 2022 IR 13")]
    [InlineData("ISO 2022 IR 58")]
    [InlineData("ISO 2022 IR 87")]
    [InlineData("ISO 2022 IR 100")]
    [InlineData("ISO 2022 IR 101")]
    [InlineData("ISO 2022 IR 109")]
    [InlineData("ISO 2022 IR 110")]
    [InlineData("ISO 2022 IR 126")]
    [InlineData("ISO 2022 IR 127")]
    [InlineData("ISO 2022 IR 138")]
    [InlineData("ISO 2022 IR 144")]
    [InlineData("ISO 2022 IR 148")]
    [InlineData("ISO 2022 IR 149")]
    [InlineData("ISO 2022 IR 159")]
    [InlineData("ISO 2022 IR 166")]
    [InlineData("ISO 2022 IR 203")]
    public void DefinedTermsAreKept(string term)
    {
        SpecificCharacterSet set = SpecificCharacterSet.Parse([term]);
        Assert.False(set.HasUnknownTerms);
        Assert.Equal([term], set.DefinedTerms);
        Assert.Equal("Smith^John", set.Decode("Smith^John"u8, isPersonName: true));
        Assert.Equal("Smith^John"u8.ToArray(), set.Encode("Smith^John", DicomVR.PN));
    }

    [Theory]
    [InlineData("ISO-IR 100", "ISO_IR 100")]
    [InlineData("ISO IR 100", "ISO_IR 100")]
    [InlineData("ISO_IR100", "ISO_IR 100")]
    [InlineData("ISO_IR_100", "ISO_IR 100")]
    [InlineData("iso_ir 100", "ISO_IR 100")]
    [InlineData(" ISO_IR 100 ", "ISO_IR 100")]
    [InlineData("ISO_IR 100\0", "ISO_IR 100")]
    [InlineData("IR 100", "ISO_IR 100")]
    [InlineData("LATIN1", "ISO_IR 100")]
    [InlineData("ISO8859-1", "ISO_IR 100")]
    [InlineData("ISO 8859-1", "ISO_IR 100")]
    [InlineData("ISO-8859-5", "ISO_IR 144")]
    [InlineData("ISO 2022-IR 100", "ISO 2022 IR 100")]
    [InlineData("ISO 2022IR 100", "ISO 2022 IR 100")]
    [InlineData("ISO2022 IR 87", "ISO 2022 IR 87")]
    [InlineData("ISO_2022_IR_87", "ISO 2022 IR 87")]
    [InlineData("ISO_IR 87", "ISO 2022 IR 87")]
    [InlineData("ISO_IR 149", "ISO 2022 IR 149")]
    [InlineData("UTF-8", "ISO_IR 192")]
    [InlineData("utf8", "ISO_IR 192")]
    [InlineData("ISO 2022 IR 192", "ISO_IR 192")]
    [InlineData("ISO IR 192", "ISO_IR 192")]
    [InlineData("GB 18030", "GB18030")]
    [InlineData("GB2312", "GBK")]
    [InlineData("US-ASCII", "ISO_IR 6")]
    public void MisspellingsAreUnderstood(string written, string term)
    {
        SpecificCharacterSet set = SpecificCharacterSet.Parse([written]);
        Assert.False(set.HasUnknownTerms);
        Assert.Equal([term], set.DefinedTerms);
    }

    [Fact]
    public void NothingDeclaredIsAscii()
    {
        foreach (string[] terms in (string[][])[[], [""], [" "]])
        {
            SpecificCharacterSet set = SpecificCharacterSet.Parse(terms);
            Assert.Empty(set.DefinedTerms);
            Assert.False(set.HasUnknownTerms);
            Assert.Equal("a\uFFFDb", set.Decode([0x61, 0xE9, 0x62], isPersonName: false, out bool hadUndefined));
            Assert.True(hadUndefined);
            Assert.False(set.CanEncode("é"));
        }
        Assert.Equal("ISO_IR 6", SpecificCharacterSet.Default.ToString());
        Assert.Empty(SpecificCharacterSet.Parse(null).DefinedTerms);
    }

    [Theory]
    [InlineData("ISO_IR 999")]
    [InlineData("NONSENSE")]
    [InlineData("utf-7")]
    [InlineData("utf-16")]
    [InlineData("utf-32BE")]
    [InlineData("IBM037")]
    [InlineData("12345678901234567890")]
    public void UnknownTermsAreReportedAndReadAsAscii(string term)
    {
        SpecificCharacterSet set = SpecificCharacterSet.Parse([term]);
        Assert.True(set.HasUnknownTerms);
        Assert.Equal([term], set.DefinedTerms);
        Assert.Equal("ok \uFFFD", set.Decode([0x6F, 0x6B, 0x20, 0xE9], isPersonName: false));
    }

    [Theory]
    [InlineData("windows-1251", "CFF0E8E2E5F2", "Привет")]
    [InlineData("Shift_JIS", "8E529363", "山田")]
    [InlineData("KOI8-R", "F0D2C9D7C5D4", "Привет")]
    public void NamesOfOtherEncodingsAreReadButReported(string term, string hex, string text)
    {
        SpecificCharacterSet set = SpecificCharacterSet.Parse([term]);
        Assert.True(set.HasUnknownTerms);
        Assert.Equal(text, set.Decode(Hex.Bytes(hex), isPersonName: false));
    }

    [Fact]
    public void FallbackReadsWhatIsNotDeclared()
    {
        System.Text.Encoding latin = System.Text.Encoding.Latin1;
        foreach (string[] terms in (string[][])[[], ["ISO_IR 6"], ["NONSENSE"]])
        {
            SpecificCharacterSet set = SpecificCharacterSet.Parse(terms, latin);
            Assert.Equal("Jérôme", set.Decode([0x4A, 0xE9, 0x72, 0xF4, 0x6D, 0x65], isPersonName: true));
            Assert.False(set.CanEncode("é")); // a reader would not know of the fallback
            Assert.True(set.CanEncode("plain"));
        }
        // What is declared is believed.
        Assert.Equal("Д", SpecificCharacterSet.Parse(["ISO_IR 144"], latin).Decode([0xB4], isPersonName: false));
    }

    [Fact]
    public void SetsWithoutExtensionsStandAlone()
    {
        byte[] utf8 = "é"u8.ToArray();
        Assert.Equal("é", SpecificCharacterSet.Parse(["", "ISO_IR 192"]).Decode(utf8, false));
        Assert.False(SpecificCharacterSet.Parse(["ISO_IR 6", "ISO_IR 192"]).HasUnknownTerms);
        SpecificCharacterSet mixed = SpecificCharacterSet.Parse(["ISO_IR 192", "ISO 2022 IR 87"]);
        Assert.True(mixed.HasUnknownTerms);
        Assert.Equal("é", mixed.Decode(utf8, false));
        SpecificCharacterSet second = SpecificCharacterSet.Parse(["ISO_IR 100", "ISO_IR 192"]);
        Assert.True(second.HasUnknownTerms);
        Assert.Equal("é", second.Decode([0xE9], false));
    }
}
