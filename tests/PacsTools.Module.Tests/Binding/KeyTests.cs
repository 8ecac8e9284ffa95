using System.Collections;
using PacsTools.Binding;
using PacsTools.Services.Query;

namespace PacsTools.Module.Tests.Binding;

/// <summary>Dates, filters and keys from the pipeline.</summary>
public class KeyTests
{
    [Theory]
    [InlineData("2024-01-01", "20240131", "20240101-20240131")]
    [InlineData("2024-01-01", null, "20240101-")]
    [InlineData(null, "2024-01-31", "-20240131")]
    public void Since_and_until_are_one_range(string? since, string? until, string expected) =>
        Assert.Equal(expected, DateKeys.StudyDate(null, since, until)!.ToString());

    [Fact]
    public void Since_takes_days_ago_and_dates()
    {
        Assert.Equal(DateOnly.FromDateTime(DateTime.Today.AddDays(-7)), DateKeys.StudyDate(null, "-7d", null)!.From);
        Assert.Equal(new DateOnly(2024, 2, 29), DateKeys.StudyDate(null, new DateTime(2024, 2, 29, 13, 0, 0), null)!.From);
    }

    [Fact]
    public void Without_any_there_is_no_key() => Assert.Null(DateKeys.StudyDate(null, null, null));

    [Fact]
    public void A_date_and_a_since_contradict_one_another() =>
        Assert.Equal("Query.GivenTwice", Assert.Throws<QueryKeyException>(() => DateKeys.StudyDate("20240101", "20240101", null)).Id);

    [Theory]
    [InlineData("20240101-20240131")]
    [InlineData("nonsense")]
    public void Since_must_be_a_day(string since) =>
        Assert.Equal("Query.InvalidDate", Assert.Throws<QueryKeyException>(() => DateKeys.StudyDate(null, since, null)).Id);

    [Fact]
    public void A_filter_without_a_value_asks_for_the_attribute()
    {
        var keys = FilterKeys.Read(new Hashtable { [" BodyPartExamined "] = null });

        Assert.Equal([KeyValuePair.Create("BodyPartExamined", (object?)"")], keys);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(null)]
    public void An_empty_key_from_the_pipeline_is_refused(string? value)
    {
        var text = Assert.Throws<QueryKeyException>(() => PipelineKeys.Text(value, "PatientID", fromPipeline: true, besideUid: false));
        var uid = Assert.Throws<QueryKeyException>(() => PipelineKeys.Uids(["1.2", value!], "StudyInstanceUID", fromPipeline: true));

        Assert.All([text, uid], e => Assert.Equal("Query.EmptyKey", e.Id));
    }

    [Fact]
    public void An_empty_list_of_uids_from_the_pipeline_is_refused()
    {
        Assert.Throws<QueryKeyException>(() => PipelineKeys.Uids([], "StudyInstanceUID", fromPipeline: true));
        Assert.Throws<QueryKeyException>(() => PipelineKeys.Uids(null, "StudyInstanceUID", fromPipeline: true));
    }

    [Fact]
    public void An_empty_key_typed_by_hand_is_universal_matching()
    {
        Assert.Equal("", PipelineKeys.Text("", "PatientID", fromPipeline: false, besideUid: false));
        Assert.Equal("", PipelineKeys.Text(null, "PatientID", fromPipeline: false, besideUid: false));
        Assert.Equal([""], PipelineKeys.Uids([""], "StudyInstanceUID", fromPipeline: false));
    }

    [Fact]
    public void Beside_a_uid_an_empty_key_is_left_out()
    {
        Assert.Null(PipelineKeys.Text("", "AccessionNumber", fromPipeline: true, besideUid: true));
        Assert.Equal("P", PipelineKeys.Text("P", "PatientID", fromPipeline: true, besideUid: true));
    }

    [Fact]
    public void Null_bound_by_an_input_object_is_not_the_absence_of_the_parameter()
    {
        Assert.Null(PipelineKeys.Text(Absent.Text, "PatientID", fromPipeline: true, besideUid: false));
        Assert.Empty(PipelineKeys.Uids(Absent.List, "StudyInstanceUID", fromPipeline: true));
        Assert.Equal(" ", PipelineKeys.Text(new string(' ', 1), "PatientID", fromPipeline: false, besideUid: false));
        Assert.False(Absent.Is(Array.Empty<string>()));
    }
}
