using PacsTools.Dicom.Data;

namespace PacsTools.Dicom.Tests.Data;

public class DateTimeValueTests
{
    private static readonly DicomTag Tag = new(0x0009, 0x1001);

    [Theory]
    [InlineData("20240229", "2024-02-29")]
    [InlineData("2024.02.29", "2024-02-29")] // ACR-NEMA 300.
    [InlineData("2024-02-29", "2024-02-29")]
    [InlineData(" 20240229 ", "2024-02-29")]
    [InlineData("20230229", null)]
    [InlineData("20241301", null)]
    [InlineData("00000000", null)]
    [InlineData("2024.02-29", null)]
    [InlineData("2024022", null)]
    [InlineData("20240229x", null)]
    [InlineData("unknown", null)]
    [InlineData("", null)]
    public void Dates_are_read_or_null(string text, string? expected) =>
        Assert.Equal(expected, Of(DicomVR.DA, text).GetDate(Tag)?.ToString("yyyy-MM-dd"));

    [Theory]
    [InlineData("10", "10:00:00")]
    [InlineData("1015", "10:15:00")]
    [InlineData("101530", "10:15:30")]
    [InlineData("101530.5", "10:15:30.5000000")]
    [InlineData("101530.123456", "10:15:30.1234560")]
    [InlineData("10:15:30", "10:15:30")]
    [InlineData("235960", "1.00:00:00")] // A leap second.
    [InlineData("240000", null)]
    [InlineData("106000", null)]
    [InlineData("101561", null)]
    [InlineData("1", null)]
    [InlineData("101", null)]
    [InlineData("1015.5", null)]
    [InlineData("101530.", null)]
    [InlineData("101530.12345678", null)]
    [InlineData("noon", null)]
    public void Times_are_read_or_null(string text, string? expected) => Assert.Equal(expected, Of(DicomVR.TM, text).GetTime(Tag)?.ToString());

    [Theory]
    [InlineData("20240102030405.678+0100", "2024-01-02T03:04:05.678+01:00")]
    [InlineData("2024010203-0530", "2024-01-02T03:00:00.000-05:30")]
    [InlineData("20240102+1400", "2024-01-02T00:00:00.000+14:00")]
    [InlineData("202401+0000", "2024-01-01T00:00:00.000+00:00")]
    [InlineData("2024+0000", "2024-01-01T00:00:00.000+00:00")]
    [InlineData("2024+1500", null)]
    [InlineData("2024+0060", null)]
    [InlineData("0001+1400", null)] // Before the first moment there is in UTC.
    [InlineData("99991231235959+0000", "9999-12-31T23:59:59.000+00:00")]
    [InlineData("99991231235960+0000", null)] // After the last.
    [InlineData("20240102030x", null)]
    [InlineData("202413+0000", null)]
    [InlineData("24", null)]
    public void Moments_are_read_or_null(string text, string? expected) =>
        Assert.Equal(expected, Of(DicomVR.DT, text).GetDateTime(Tag)?.ToString("yyyy-MM-ddTHH:mm:ss.fffzzz"));

    [Fact]
    public void A_moment_without_offset_takes_that_of_the_data_set()
    {
        DicomDataset item = Of(DicomVR.DT, "20240102030405");
        var dataset = new DicomDataset();
        dataset.SetString(DicomTags.TimezoneOffsetFromUTC, "-0330");
        dataset.SetItems(DicomTags.ReferencedStudySequence, item);
        Assert.Equal(new TimeSpan(-3, -30, 0), item.GetDateTime(Tag)!.Value.Offset);
    }

    [Fact]
    public void Without_any_offset_it_is_this_machines_time()
    {
        DateTimeOffset moment = Of(DicomVR.DT, "20240702030405").GetDateTime(Tag)!.Value;
        Assert.Equal(new DateTime(2024, 7, 2, 3, 4, 5, DateTimeKind.Local), moment.LocalDateTime);
    }

    [Fact]
    public void A_date_is_written_as_DA()
    {
        var dataset = new DicomDataset();
        dataset.SetDate(DicomTags.StudyDate, new DateTime(2024, 2, 29));
        Assert.Equal("20240229", dataset.GetString(DicomTags.StudyDate));
    }

    private static DicomDataset Of(DicomVR vr, string text)
    {
        var dataset = new DicomDataset();
        dataset.SetString(Tag, vr, text);
        return dataset;
    }
}
