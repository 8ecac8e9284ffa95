using PacsTools.Services.Query;

namespace PacsTools.Services.Tests.Query;

public sealed class DicomTimeRangeTests
{
    [Theory]
    [InlineData("143000", "143000")]
    [InlineData("14:30:00", "143000")]
    [InlineData("143000.25", "143000.250000")]
    [InlineData("14:30:00.000001", "143000.000001")]
    [InlineData("000000", "000000")]
    [InlineData("14:30", "143000-143059.999999")]
    [InlineData("1430", "143000-143059.999999")]
    [InlineData("14", "140000-145959.999999")]
    [InlineData("080000-120000", "080000-120000")]
    [InlineData("08-12", "080000-120000")]
    [InlineData("08:00..12:00", "080000-120000")]
    [InlineData("08:00..", "080000-")]
    [InlineData("-1200", "-120000")]
    [InlineData("", "")]
    public void Parse_reads_every_form(string text, string wire) => Assert.Equal(wire, DicomTimeRange.Parse(text).ToString());

    [Theory]
    [InlineData("24:00")]
    [InlineData("80000")]
    [InlineData("8:00")]
    [InlineData("1260")]
    [InlineData("noon")]
    [InlineData("-")]
    [InlineData("..")]
    [InlineData("12:00-08:00")]
    [InlineData("08-09-10")]
    [InlineData("0800\\0900")]
    public void Parse_refuses_what_is_no_time(string text) =>
        Assert.Equal("Query.InvalidTime", Assert.Throws<QueryKeyException>(() => DicomTimeRange.Parse(text)).Id);

    [Fact]
    public void Values_of_a_shell_are_taken()
    {
        Assert.Equal("083000", DicomTimeRange.FromValue(new TimeSpan(8, 30, 0)).ToString());
        Assert.Equal("083000", DicomTimeRange.FromValue(new DateTime(2024, 1, 1, 8, 30, 0)).ToString());
        Assert.Equal("083000-120000", DicomTimeRange.FromValue(new object[] { new TimeOnly(8, 30), "12:00" }).ToString());
        Assert.Throws<QueryKeyException>(() => DicomTimeRange.FromValue(TimeSpan.FromDays(1)));
        Assert.Throws<QueryKeyException>(() => DicomTimeRange.FromValue(80000));
    }

    [Theory]
    [InlineData("08:00-09:00", "12:00")]
    [InlineData("08:00", "09:00..10:00")]
    [InlineData("08:00..", "12:00")]
    public void Two_times_of_which_one_is_a_range_are_refused(string first, string second)
    {
        Assert.Equal("Query.InvalidTime", Assert.Throws<QueryKeyException>(() => DicomTimeRange.FromValue(new object[] { first, second })).Id);
        Assert.Equal("080000.500000-", DicomTimeRange.FromValue(new object?[] { "08:00:00.5", null }).ToString());
    }
}
