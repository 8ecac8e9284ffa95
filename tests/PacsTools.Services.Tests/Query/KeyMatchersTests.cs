using PacsTools.Services.Query;

namespace PacsTools.Services.Tests.Query;

public sealed class KeyMatchersTests
{
    [Theory]
    [InlineData("*", "", true)]
    [InlineData("", "", true)]
    [InlineData("?", "", false)]
    [InlineData("A*", "A", true)]
    [InlineData("A*C", "ABBC", true)]
    [InlineData("A*C", "ABBCD", false)]
    [InlineData("*A*B*", "xxAyyBzz", true)]
    [InlineData("*A*B*", "xxByyAzz", false)]
    [InlineData("A??D", "ABCD", true)]
    [InlineData("A??D", "ABD", false)]
    [InlineData("**", "anything", true)]
    [InlineData("*ab", "aab", true)]
    public void Wildcards_follow_the_standard(string pattern, string text, bool matches) =>
        Assert.Equal(matches, KeyMatchers.Wildcard(pattern, text));

    [Fact]
    public void A_hostile_pattern_takes_no_time()
    {
        var pattern = string.Concat(Enumerable.Repeat("*a", 200)) + "b";
        Assert.False(KeyMatchers.Wildcard(pattern, new string('a', 2000)));
    }

    [Theory]
    [InlineData("M\u00FCLLER\uFFFE", "muller", false)]
    [InlineData("M\u00FCLLER\uFFFE", "muller*", true)]
    public void A_noncharacter_is_text_like_any_other(string returned, string key, bool matches)
    {
        Assert.Equal(matches, KeyMatchers.Text(returned, key));
        Assert.Equal(matches, KeyMatchers.PersonName(returned, key));
    }

    [Theory]
    [InlineData("DOE^JANE", "DOE^JANE", true)]
    [InlineData("doe^jane", "DOE^JANE", true)]
    [InlineData("DOE^JANE^^^", "DOE^JANE", true)]
    [InlineData("DOE^JANE", "DOE*", true)]
    [InlineData("DOE^JANE", "DOE", true)]
    [InlineData("DOE, JANE", "DOE^JANE", true)]
    [InlineData("DOERING^JANE", "DOE", false)]
    [InlineData("SMITH^JANE", "DOE*", false)]
    [InlineData("MÜLLER^JÖRG", "muller^jorg", true)]
    [InlineData("Yamada^Tarou=山田^太郎=やまだ^たろう", "山田*", true)]
    [InlineData("Yamada^Tarou=山田^太郎=やまだ^たろう", "Suzuki*=鈴木*", false)]
    [InlineData("Y\uFFFDmada", "Suzuki", null)]
    public void Person_names_are_compared_as_archives_compare_them(string returned, string key, bool? matches) =>
        Assert.Equal(matches, KeyMatchers.PersonName(returned, key));

    [Theory]
    [InlineData("ABC", "abc", true)]
    [InlineData("ABC ", "ABC", true)]
    [InlineData("ABC", "ABCD", false)]
    [InlineData("ＡＢＣ", "ABC", true)]
    [InlineData("\uFFFD", "ABC", null)]
    public void Texts_are_compared_without_case_accents_and_widths(string returned, string key, bool? matches) =>
        Assert.Equal(matches, KeyMatchers.Text(returned, key));

    [Theory]
    [InlineData("20240115", true)]
    [InlineData("2024.01.15", true)]
    [InlineData("20240201", false)]
    [InlineData("2024????", null)]
    [InlineData("00000000", null)]
    public void Illegal_dates_contradict_nothing(string returned, bool? matches) =>
        Assert.Equal(matches, KeyMatchers.Date(returned, DicomDateRange.Parse("20240101-20240131")));

    [Theory]
    [InlineData("143000", true)]
    [InlineData("143000.999", true)]
    [InlineData("1430", true)]
    [InlineData("143001", false)]
    [InlineData("25", null)]
    public void A_key_in_seconds_does_not_deny_a_fraction(string returned, bool? matches) =>
        Assert.Equal(matches, KeyMatchers.Time(returned, DicomTimeRange.Parse("143000")));

    [Theory]
    [InlineData("01", true)]
    [InlineData("1.0", true)]
    [InlineData("2", false)]
    [InlineData("one", null)]
    public void Numbers_are_compared_as_numbers(string returned, bool? matches) => Assert.Equal(matches, KeyMatchers.Number(returned, 1));
}
