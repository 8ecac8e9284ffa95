using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Tests.CharacterSets;

public sealed class EncodingTests
{
    private static SpecificCharacterSet Set(string terms) => SpecificCharacterSet.Parse(terms.Split('\\'));

    [Theory]
    [InlineData("", "é")]
    [InlineData("ISO_IR 100", "€")]
    [InlineData("ISO_IR 100", "\u0085")]
    [InlineData("ISO_IR 100", "山")]
    [InlineData("ISO_IR 166", "€")] // windows-874 has it at 80, TIS 620 does not
    [InlineData(@"\ISO 2022 IR 87", "홍")]
    [InlineData(@"\ISO 2022 IR 87", "𠀋")]
    [InlineData(@"\ISO 2022 IR 87", "①")] // in row 2D of NEC, which JIS X 0208 leaves empty
    [InlineData("GBK", "𠀋")]
    [InlineData("ISO_IR 192", "a\u001Bb")]
    [InlineData("", "a\u001B(Bb")]
    public void WhatASetDoesNotHoldIsRefused(string terms, string text)
    {
        SpecificCharacterSet set = Set(terms);
        Assert.False(set.CanEncode(text));
        DicomDataException error = Assert.Throws<DicomDataException>(() => set.Encode(text, DicomVR.LO));
        Assert.True(error.AssociationSurvives);
        Assert.DoesNotContain(text, error.Message); // patient data stays out of messages
    }

    [Fact]
    public void HalfACharacterIsRefused() => Assert.All(["ISO_IR 192", "GB18030", "ISO_IR 100"], term => Assert.False(Set(term).CanEncode("a\uD800b")));

    [Theory]
    [InlineData("CS")]
    [InlineData("AE")]
    [InlineData("UI")]
    [InlineData("DA")]
    [InlineData("UR")]
    public void OtherVRsTakeOnlyAscii(string vr)
    {
        DicomVR parsed = Enum.Parse<DicomVR>(vr);
        Assert.Equal("A1"u8.ToArray(), Set("ISO_IR 192").Encode("A1", parsed));
        Assert.Throws<DicomDataException>(() => Set("ISO_IR 192").Encode("é", parsed));
    }

    [Fact]
    public void EachValueReturnsToTheInitialSets()
    {
        byte[] bytes = Set(@"\ISO 2022 IR 87").Encode("山\\田", DicomVR.LO);
        Assert.Equal("1B24423B331B28425C1B244245441B2842", Convert.ToHexString(bytes));
        Assert.Equal(["山", "田"], Set(@"\ISO 2022 IR 87").DecodeValues(bytes, DicomVR.LO));
    }

    [Fact]
    public void SpacesAreWrittenInASingleByteSet() =>
        Assert.Equal("1B24423B331B2842201B244245441B2842", Convert.ToHexString(Set(@"\ISO 2022 IR 87").Encode("山 田", DicomVR.LO)));

    [Fact]
    public void NamesThatUnicodeHasTwiceAreTheSameInJis()
    {
        SpecificCharacterSet set = Set(@"\ISO 2022 IR 87");
        // Wave dash and full-width tilde are one character of JIS X 0208; the standard's name is read back.
        Assert.Equal(set.Encode("〜", DicomVR.LO), set.Encode("～", DicomVR.LO));
        Assert.Equal("〜", set.Decode(set.Encode("～", DicomVR.LO), false));
        Assert.Equal("−", set.Decode(set.Encode("－", DicomVR.LO), false));
    }

    [Fact]
    public void AsciiIsAsciiInEverySet() => Assert.All(
        ["", "ISO_IR 13", "ISO_IR 192", "GB18030", @"ISO 2022 IR 13\ISO 2022 IR 87"],
        terms => Assert.Equal("A~\\B^C=\r\n"u8.ToArray(), Set(terms).Encode("A~\\B^C=\r\n", DicomVR.LT)));

    [Theory]
    [InlineData("GB18030", "𠀋€汉ẞ")]
    [InlineData("ISO_IR 192", "𠀋€汉ẞ😀")]
    public void StandAloneSetsHoldAll(string term, string text) =>
        Assert.Equal(text, Set(term).Decode(Set(term).Encode(text, DicomVR.LT), false));

    /// <summary>Every character of every set survives, alone and between others.</summary>
    [Theory]
    [InlineData("ISO_IR 100", 96)]
    [InlineData("ISO_IR 101", 96)]
    [InlineData("ISO_IR 109", 89)]
    [InlineData("ISO_IR 110", 96)]
    [InlineData("ISO_IR 144", 96)]
    [InlineData("ISO_IR 127", 51)]
    [InlineData("ISO_IR 126", 90)]
    [InlineData("ISO_IR 138", 58)]
    [InlineData("ISO_IR 148", 96)]
    [InlineData("ISO_IR 203", 96)]
    [InlineData("ISO_IR 166", 88)]
    [InlineData("ISO_IR 13", 63)]
    [InlineData(@"\ISO 2022 IR 87", 6879)]
    [InlineData(@"\ISO 2022 IR 159", 6066)] // 6067 with the tilde, which ASCII writes
    [InlineData(@"\ISO 2022 IR 149", 8226)]
    [InlineData(@"\ISO 2022 IR 58", 7445)]
    public void EveryCharacterSurvives(string terms, int leastCount)
    {
        SpecificCharacterSet set = Set(terms);
        string all = new([.. Enumerable.Range(0x80, 0xFF80).Select(c => (char)c).Where(c => !char.IsSurrogate(c) && set.CanEncode(c.ToString()))]);
        Assert.True(all.Length >= leastCount, $"{terms}: {all.Length}");
        var different = new List<char>();
        foreach (char c in all)
        {
            string text = $"a{c}b {c}^{c}";
            string back = set.Decode(set.Encode(text, DicomVR.PN), isPersonName: true, out bool hadUndefined);
            Assert.False(hadUndefined);
            if (back != text)
                different.Add(c);
        }
        // Only the second names of one character may come back as the first.
        Assert.True(different.Count <= 10, string.Join(' ', different.Select(c => ((int)c).ToString("X4"))));
        Assert.Equal(all.Length, set.Decode(set.Encode(all, DicomVR.LT), false).Length);
    }

    [Theory]
    [InlineData("", "plain", "Smith^John")]
    [InlineData("ISO_IR 100", "Jérôme", "Müller")]
    [InlineData("ISO_IR 101", "Wałęsa")]
    [InlineData("ISO_IR 144", "Привет", "plain")]
    [InlineData("ISO_IR 126", "Διονυσιος")]
    [InlineData("ISO_IR 138", "שרון")]
    [InlineData("ISO_IR 127", "قباني")]
    [InlineData("ISO_IR 166", "นาม")]
    [InlineData("ISO_IR 148", "Çavuşoğlu")]
    [InlineData("ISO_IR 13", "ﾔﾏﾀﾞ")]
    [InlineData("ISO_IR 192", "ﾔﾏﾀﾞ~")]
    [InlineData("ISO_IR 192", "山田")]
    [InlineData("ISO_IR 192", "Jérôme", "Привет")]
    [InlineData("ISO_IR 192", "20 €")]
    [InlineData("ISO_IR 192", "😀")]
    public void TheLeastSetIsChosen(string terms, params string[] texts)
    {
        IReadOnlyList<string> least = SpecificCharacterSet.LeastFor(texts);
        Assert.Equal(terms.Length == 0 ? [] : [terms], least);
        SpecificCharacterSet set = SpecificCharacterSet.Parse(least);
        Assert.All(texts, text => Assert.Equal(text, set.Decode(set.Encode(text, DicomVR.PN), isPersonName: true)));
    }
}
