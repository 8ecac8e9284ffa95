using PacsTools.Dicom.Data;

namespace PacsTools.Dicom.Tests.Data;

public class VRTraitsTests
{
    // PS3.5 Table 7.1-1: the VRs with two reserved bytes and a 32-bit length.
    private const string LongLength = "OB OD OF OL OV OW SQ SV UC UN UR UT UV";

    // PS3.5 6.1.2.2: the VRs (0008,0005) speaks of.
    private const string CharacterSet = "LO LT PN SH ST UC UT";

    private const string Text = "AE AS CS DA DS DT IS LO LT PN SH ST TM UC UI UR UT";

    public static TheoryData<DicomVR> All => new(Enum.GetValues<DicomVR>());

    [Theory]
    [MemberData(nameof(All))]
    public void Traits_are_those_of_the_standard(DicomVR vr)
    {
        string code = vr.ToString();
        Assert.True(vr.IsKnown());
        Assert.Equal(LongLength.Contains(code, StringComparison.Ordinal), vr.HasLongLength());
        Assert.Equal(CharacterSet.Contains(code, StringComparison.Ordinal), vr.UsesCharacterSet());
        Assert.Equal(Text.Contains(code, StringComparison.Ordinal), vr.IsText());
        Assert.Equal(vr.IsText() && vr != DicomVR.UI ? ' ' : '\0', (char)vr.PaddingByte());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_number_is_the_two_characters(DicomVR vr)
    {
        Assert.Equal(vr.ToString(), vr.ToCode());
        Assert.True(VRTraits.TryParse(vr.ToString(), out DicomVR parsed));
        Assert.Equal(vr, parsed);
    }

    [Theory]
    [InlineData("US SS AT OW", 2)]
    [InlineData("UL SL FL OL OF", 4)]
    [InlineData("FD OD OV SV UV", 8)]
    [InlineData("OB UN LO PN SQ", 1)]
    public void Units_are_what_big_endian_turns_around(string vrs, int size)
    {
        foreach (string code in vrs.Split(' ')) Assert.Equal(size, Enum.Parse<DicomVR>(code).UnitSize());
    }

    [Theory]
    [InlineData("ST LT UT UR", false)]
    [InlineData("LO PN SH CS DS IS UI DA TM DT AE UC", true)]
    public void A_backslash_separates_values_where_there_can_be_several(string vrs, bool splits)
    {
        foreach (string code in vrs.Split(' ')) Assert.Equal(splits, Enum.Parse<DicomVR>(code).SplitsOnBackslash());
    }

    [Theory]
    [InlineData("ZZ")]
    [InlineData("pn")]
    [InlineData("??")]
    [InlineData("P")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_no_VR_is_refused(string? code) => Assert.False(VRTraits.TryParse(code, out _));
}
