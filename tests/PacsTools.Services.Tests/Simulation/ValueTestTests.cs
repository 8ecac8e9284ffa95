using PacsTools.Dicom.Data;
using PacsTools.Services.Simulation;

namespace PacsTools.Services.Tests.Simulation;

/// <summary>Matching of single attributes (PS3.4 C.2.2.2), one line a rule.</summary>
public sealed class ValueTestTests
{
    [Theory]
    // C.2.2.2.1 single value; case-sensitive but for names
    [InlineData("LO", "ABC", "ABC", true)]
    [InlineData("LO", "ABC", "abc", false)]
    [InlineData("LO", "ABC", "ABCD", false)]
    [InlineData("LO", "ABC ", "ABC", true)]
    [InlineData("CS", "CT", "CT", true)]
    [InlineData("CS", "CT", "MR\\CT", true)]
    [InlineData("CS", "ct", "CT", false)]
    [InlineData("SH", "A-1", "A-1", true)]
    [InlineData("AE", "STORE", "STORE", true)]
    [InlineData("AS", "042Y", "042Y", true)]
    [InlineData("AS", "0*", "042Y", false)]
    // names are compared without regard to case (C.2.2.2.1.1)
    [InlineData("PN", "doe^jane", "DOE^JANE", true)]
    [InlineData("PN", "DOE", "DOE^JANE", false)]
    [InlineData("PN", "DOE^JANE^^", "DOE^JANE", true)]
    [InlineData("PN", "DOE^JANE", "DOE^JANE^^^", true)]
    [InlineData("PN", "müller*", "MÜLLER^JÜRGEN", true)]
    [InlineData("PN", "Yamada^Tarou", "Yamada^Tarou=山田^太郎=やまだ^たろう", true)]
    [InlineData("PN", "山田*", "Yamada^Tarou=山田^太郎=やまだ^たろう", true)]
    [InlineData("PN", "*=山田*", "Yamada^Tarou=山田^太郎=やまだ^たろう", true)]
    [InlineData("PN", "Suzuki*=山田*", "Yamada^Tarou=山田^太郎", false)]
    [InlineData("PN", "=山田^太郎", "Yamada^Tarou=山田^太郎", true)]
    [InlineData("PN", "*太郎=*", "Yamada^Tarou=山田^太郎", false)]
    // C.2.2.2.2 lists of UIDs
    [InlineData("UI", "1.2.3", "1.2.3", true)]
    [InlineData("UI", "1.2", "1.2.3", false)]
    [InlineData("UI", "1.2.4\\1.2.3", "1.2.3", true)]
    [InlineData("UI", "1.2.*", "1.2.3", false)]
    // C.2.2.2.3 universal
    [InlineData("LO", "", "anything", true)]
    [InlineData("LO", "", "", true)]
    [InlineData("PN", "*", "", true)]
    [InlineData("PN", "**", "", true)]
    // what has no value meets only universal keys (C.2.2.1.2)
    [InlineData("LO", "A", "", false)]
    [InlineData("LO", "?*", "", false)]
    [InlineData("DA", "20240101-", "", false)]
    // C.2.2.2.4 wild cards
    [InlineData("LO", "A*", "A", true)]
    [InlineData("LO", "A*", "ABC", true)]
    [InlineData("LO", "*C", "ABC", true)]
    [InlineData("LO", "A*C*E", "ABCDE", true)]
    [InlineData("LO", "A*C*F", "ABCDE", false)]
    [InlineData("LO", "A?C", "ABC", true)]
    [InlineData("LO", "A?C", "AC", false)]
    [InlineData("LO", "???", "ABC", true)]
    [InlineData("LO", "????", "ABC", false)]
    [InlineData("LO", "a*", "ABC", false)]
    [InlineData("PN", "do?^j*", "DOE^JANE", true)]
    [InlineData("CS", "C*", "CT", true)]
    [InlineData("LO", "A*", "xyz\\ABC", true)]
    // C.2.2.2.5 ranges
    [InlineData("DA", "20240115", "20240115", true)]
    [InlineData("DA", "20240115", "2024.01.15", true)]
    [InlineData("DA", "20240115", "20240116", false)]
    [InlineData("DA", "20240101-20240131", "20240101", true)]
    [InlineData("DA", "20240101-20240131", "20240131", true)]
    [InlineData("DA", "20240101-20240131", "20240201", false)]
    [InlineData("DA", "20240101-", "20991231", true)]
    [InlineData("DA", "20240101-", "20231231", false)]
    [InlineData("DA", "-20240101", "20240101", true)]
    [InlineData("DA", "-20240101", "20240102", false)]
    [InlineData("DA", "20240101-20240131", "rubbish", false)]
    [InlineData("TM", "1015", "101500", true)]
    [InlineData("TM", "101500", "10:15:00", true)]
    [InlineData("TM", "101500", "101500.000000", true)]
    [InlineData("TM", "1015", "101530", false)]
    [InlineData("TM", "0800-1200", "0800", true)]
    [InlineData("TM", "0800-1200", "120000", true)]
    [InlineData("TM", "0800-1200", "120000.5", false)]
    [InlineData("TM", "08-", "235959.999", true)]
    [InlineData("TM", "-0800", "0759", true)]
    [InlineData("DT", "20240115", "20240115101500", true)]
    [InlineData("DT", "2024", "202412312359", true)]
    [InlineData("DT", "2024-2025", "20251231", true)]
    [InlineData("DT", "20240115101500-20240115101600", "20240115101600", true)]
    [InlineData("DT", "20240115101500-20240115101600", "20240115101601", false)]
    [InlineData("DT", "20240115101500-0500", "20240115151500+0000", true)]
    [InlineData("DT", "20240115101500-0500-20240115111500-0500", "20240115160000+0000", true)]
    [InlineData("DT", "20240115101500-0500-20240115111500-0500", "20240115170000+0000", false)]
    [InlineData("DT", "-20240115101500", "20240115101500", true)]
    // numbers are compared as numbers
    [InlineData("IS", "1", "+01", true)]
    [InlineData("IS", "1", "10", false)]
    [InlineData("DS", "1.50", "1.5E0", true)]
    [InlineData("US", "512", "512", true)]
    public void A_key_matches_as_its_representation_has_it(string vr, string key, string value, bool expected) =>
        Assert.Equal(expected, Matches(vr, key, value, MatchingRules.Default));

    [Theory]
    [InlineData("DA", "2024")]
    [InlineData("DA", "2024*")]
    [InlineData("DA", "20241341")]
    [InlineData("DA", "-")]
    [InlineData("TM", "25")]
    [InlineData("TM", "101")]
    [InlineData("DT", "now")]
    [InlineData("IS", "1*")]
    public void What_is_no_key_is_refused(string vr, string key) =>
        Assert.Throws<FormatException>(() => ValueTest.Create(Vr(vr), [key], MatchingRules.Default));

    [Theory]
    [InlineData("muller", "Müller^Jürgen", true)]
    [InlineData("jurgen muller", "Müller^Jürgen", true)]
    [InlineData("mul", "Müller^Jürgen", true)]
    [InlineData("uller", "Müller^Jürgen", false)]
    [InlineData("jane", "DOE^JANE", true)]
    [InlineData("jane smith", "DOE^JANE", false)]
    public void Fuzzy_matching_goes_by_words(string key, string value, bool expected) =>
        Assert.Equal(expected, Matches("PN", key, value, MatchingRules.Default with { FuzzyNames = true }));

    [Theory]
    [InlineData("", true)]
    [InlineData("ABC", false)]
    public void Empty_values_can_be_asked_for_once_negotiated(string value, bool expected)
    {
        Assert.Equal(expected, Matches("LO", "\"\"", value, MatchingRules.Default with { EmptyValues = true }));
        Assert.False(Matches("LO", "\"\"", value, MatchingRules.Default));
    }

    [Fact]
    public void A_pattern_made_to_be_slow_is_not()
    {
        string pattern = string.Concat(Enumerable.Repeat("a*", 40)) + "b";
        Assert.False(Wildcard.Matches(pattern, new string('a', 5000)));
    }

    [Fact]
    public void A_question_mark_is_one_character_even_of_two_units() => Assert.True(Wildcard.Matches("?吉", "𠮷吉"));

    private static bool Matches(string vr, string key, string value, MatchingRules rules)
    {
        var test = ValueTest.Create(Vr(vr), key.Split('\\'), rules);
        return test is null || test(value.Length == 0 ? [] : value.Split('\\'));
    }

    private static DicomVR Vr(string code)
    {
        Assert.True(VRTraits.TryParse(code, out var vr));
        return vr;
    }
}
