using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Time.Testing;
using PacsTools.Services.Query;

namespace PacsTools.Services.Tests.Query;

public sealed class DicomDateRangeTests
{
    // A Thursday shortly before midnight: the local day counts, not the day in UTC.
    private static readonly FakeTimeProvider Clock = MakeClock();

    private static FakeTimeProvider MakeClock()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2024, 2, 29, 22, 30, 0, TimeSpan.Zero));
        clock.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(2), "test", "test"));
        return clock;
    }

    [Theory]
    [InlineData("20240101", "20240101")]
    [InlineData("2024-01-01", "20240101")]
    [InlineData(" 2024-01-01 ", "20240101")]
    [InlineData("20240229", "20240229")]
    [InlineData("20240101-20241231", "20240101-20241231")]
    [InlineData("20240101 - 20241231", "20240101-20241231")]
    [InlineData("20240101-20240101", "20240101")]
    [InlineData("-20241231", "-20241231")]
    [InlineData("20240101-", "20240101-")]
    [InlineData("2024-01-01..2024-12-31", "20240101-20241231")]
    [InlineData("2024-01-01 .. 20241231", "20240101-20241231")]
    [InlineData("2024-01-01..", "20240101-")]
    [InlineData("..2024-12-31", "-20241231")]
    [InlineData("today", "20240301")]
    [InlineData("Today", "20240301")]
    [InlineData("yesterday", "20240229")]
    [InlineData("-7d", "20240223-")]
    [InlineData("-0d", "20240301-")]
    [InlineData("-7d..yesterday", "20240223-20240229")]
    [InlineData("yesterday..today", "20240229-20240301")]
    [InlineData("-30d..-7d", "20240131-20240223")]
    [InlineData("", "")]
    public void Parse_reads_every_form(string text, string wire) =>
        Assert.Equal(wire, DicomDateRange.Parse(text, "StudyDate", Clock).ToString());

    [Theory]
    [InlineData("20230229")]
    [InlineData("20241301")]
    [InlineData("2024-1-1")]
    [InlineData("202401")]
    [InlineData("01.02.2024")]
    [InlineData("01/02/2024")]
    [InlineData("tomorrow")]
    [InlineData("..")]
    [InlineData("-")]
    [InlineData("2024-01-01-2024-12-31")]
    [InlineData("20240101-20241231-")]
    [InlineData("20240101..2024..")]
    [InlineData("20240101\\20240102")]
    [InlineData("2024*")]
    [InlineData("-d")]
    [InlineData("--7d")]
    [InlineData("-999999d")]
    [InlineData("٢٠٢٤٠١٠١")]
    public void Parse_refuses_what_is_no_date(string text)
    {
        var error = Assert.Throws<QueryKeyException>(() => DicomDateRange.Parse(text, "PatientBirthDate", Clock));
        Assert.Equal(("Query.InvalidDate", "PatientBirthDate"), (error.Id, error.Key));
        Assert.Contains("20240101-20241231", error.Message);
    }

    [Fact]
    public void What_was_refused_is_told_as_it_was_written() =>
        Assert.Contains("'2024-06' is no date", Assert.Throws<QueryKeyException>(() => DicomDateRange.Parse("2024-06", "StudyDate", Clock)).Message);

    [Theory]
    [InlineData("20241231-20240101")]
    [InlineData("2024-12-31..2024-01-01")]
    [InlineData("today..yesterday")]
    public void A_range_that_ends_before_it_begins_is_refused(string text) =>
        Assert.Contains("before it begins", Assert.Throws<QueryKeyException>(() => DicomDateRange.Parse(text, "StudyDate", Clock)).Message);

    [Fact]
    public void Values_of_a_shell_are_taken()
    {
        var noon = new DateTime(2024, 1, 2, 12, 0, 0);
        string Wire(object? value) => DicomDateRange.FromValue(value, "StudyDate", Clock).ToString();

        Assert.Equal("20240102", Wire(noon));
        Assert.Equal("20240102", Wire(new DateTimeOffset(noon, TimeSpan.FromHours(9))));
        Assert.Equal("20240102", Wire(new DateOnly(2024, 1, 2)));
        Assert.Equal("20240102", Wire(20240102));
        Assert.Equal("20240102-20240105", Wire(new object[] { noon, noon.AddDays(3) }));
        Assert.Equal("20240102-20240105", Wire(new object[] { "2024-01-02", noon.AddDays(3) }));
        Assert.Equal("20240223-20240301", Wire(new object[] { "-7d", "today" }));
        Assert.Equal("20240101-20241231", Wire(new[] { "20240101-20241231" }));
        Assert.Equal("20240223-", Wire(-7m));
        Assert.Equal("", Wire(null));
        Assert.Equal("", Wire(Array.Empty<object>()));
        Assert.Throws<QueryKeyException>(() => Wire(new object[] { noon, noon, noon }));
        Assert.Throws<QueryKeyException>(() => Wire(new object[] { noon, noon.AddDays(-1) }));
        Assert.Throws<QueryKeyException>(() => Wire(new object[] { "20240101-20240103", noon }));
        Assert.Throws<QueryKeyException>(() => Wire(1.5));
        Assert.Throws<QueryKeyException>(() => Wire(-7));
    }

    [Fact]
    public void The_culture_of_the_thread_changes_nothing()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            // Its calendar is in the 26th century and its days are written otherwise.
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("th-TH");
            Assert.Equal("20240101-20241231", DicomDateRange.Parse("2024-01-01..2024-12-31").ToString());
            Assert.Equal("20240102", DicomDateRange.FromValue(new DateTime(2024, 1, 2)).ToString());
            Assert.Equal("080000-123000", DicomTimeRange.Parse("08:00..12:30").ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Every_range_reads_its_own_wire_form()
    {
        var days = Gen.Choose(0, 3_000_000).Select(n => (DateOnly?)DateOnly.FromDayNumber(n));
        var sides = Gen.Frequency((4, days), (1, Gen.Constant<DateOnly?>(null)));
        var ranges = from a in sides
                     from b in sides
                     where a is not null || b is not null
                     select a > b ? new DicomDateRange(b, a) : new DicomDateRange(a, b);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(500),
            Prop.ForAll(ranges.ToArbitrary(), range => DicomDateRange.Parse(range.ToString()) == range));
    }

    [Fact]
    public void Contains_includes_both_ends()
    {
        var range = DicomDateRange.Parse("20240101-20240131");
        Assert.True(range.Contains(new DateOnly(2024, 1, 1)));
        Assert.True(range.Contains(new DateOnly(2024, 1, 31)));
        Assert.False(range.Contains(new DateOnly(2024, 2, 1)));
        Assert.False(range.Contains(new DateOnly(2023, 12, 31)));
        Assert.True(DicomDateRange.Parse("-20240131").Contains(DateOnly.MinValue));
    }
}
