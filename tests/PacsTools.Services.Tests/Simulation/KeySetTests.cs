using PacsTools.Dicom.Data;
using PacsTools.Services.Simulation;

namespace PacsTools.Services.Tests.Simulation;

/// <summary>Keys together: sequences, and dates with times.</summary>
public sealed class KeySetTests
{
    [Fact]
    public void A_sequence_matches_if_one_item_meets_all_its_keys()
    {
        DicomDataset item = Worklist(Step("CT", "20240115"), Step("MR", "20240116"));
        Assert.True(Matches(item, Step("MR", "20240116")));
        Assert.False(Matches(item, Step("CT", "20240116")));
        Assert.True(Matches(item, Step("", "20240101-20240131")));
    }

    [Fact]
    public void A_sequence_without_keys_is_universal()
    {
        var identifier = new DicomDataset();
        identifier.SetItems(DicomTags.ScheduledProcedureStepSequence, new DicomDataset());
        Assert.True(Test(identifier, MatchingRules.Default).IsUniversal);
        identifier.SetItems(DicomTags.ScheduledProcedureStepSequence);
        Assert.True(Test(identifier, MatchingRules.Default).IsUniversal);
    }

    [Fact]
    public void Only_matching_items_are_returned_with_only_the_attributes_asked_for()
    {
        var identifier = new DicomDataset();
        identifier.SetItems(DicomTags.ScheduledProcedureStepSequence, Step("MR", ""));
        var query = new WorklistQuery(identifier, MatchingRules.Default);
        DicomDataset response = Assert.Single(query.Run([Worklist(Step("CT", "20240115"), Step("MR", "20240116"))]));
        DicomDataset step = Assert.Single(response.GetItems(DicomTags.ScheduledProcedureStepSequence));
        Assert.Equal("20240116", step.GetString(DicomTags.ScheduledProcedureStepStartDate));
        Assert.False(step.Contains(DicomTags.ScheduledStationAETitle));
        Assert.False(query.HasUnsupportedKeys);
    }

    [Fact]
    public void Two_items_in_a_key_are_refused()
    {
        var identifier = new DicomDataset();
        identifier.SetItems(DicomTags.ScheduledProcedureStepSequence, Step("CT", ""), Step("MR", ""));
        var refused = Assert.Throws<IdentifierException>(() => KeySet.Read(identifier, MatchingRules.Default));
        Assert.Equal(0xA900, refused.Status);
        Assert.Equal(DicomTags.ScheduledProcedureStepSequence, Assert.Single(refused.Offending));
    }

    // PS3.4 C.2.2.2.5, the example of its note: from 10:00 on the 5th to 18:00 on the 7th.
    [Theory]
    [InlineData("20060705", "0900", false, false)]
    [InlineData("20060705", "1100", true, true)]
    [InlineData("20060706", "0900", false, true)]
    [InlineData("20060706", "2300", false, true)]
    [InlineData("20060707", "1759", true, true)]
    [InlineData("20060707", "1801", false, false)]
    public void A_date_and_a_time_are_two_ranges_unless_combined(string date, string time, bool apart, bool combined)
    {
        var identifier = new DicomDataset();
        identifier.SetString(DicomTags.StudyDate, "20060705-20060707");
        identifier.SetString(DicomTags.StudyTime, "1000-1800");
        var study = new DicomDataset();
        study.SetString(DicomTags.StudyDate, date);
        study.SetString(DicomTags.StudyTime, time);
        Assert.Equal(apart, Test(identifier, MatchingRules.Default).Matches(study));
        Assert.Equal(combined, Test(identifier, MatchingRules.Default with { CombinedDateTime = true }).Matches(study));
    }

    [Fact]
    public void Dates_and_times_of_different_form_stay_apart_even_if_combination_was_negotiated()
    {
        var identifier = new DicomDataset();
        identifier.SetString(DicomTags.StudyDate, "20060705");
        identifier.SetString(DicomTags.StudyTime, "1000-1800");
        var study = new DicomDataset();
        study.SetString(DicomTags.StudyDate, "20060705");
        study.SetString(DicomTags.StudyTime, "1100");
        Assert.True(Test(identifier, MatchingRules.Default with { CombinedDateTime = true }).Matches(study));
    }

    private static bool Matches(DicomDataset item, DicomDataset step)
    {
        var identifier = new DicomDataset();
        identifier.SetItems(DicomTags.ScheduledProcedureStepSequence, step);
        return Test(identifier, MatchingRules.Default).Matches(item);
    }

    private static KeySet Test(DicomDataset identifier, MatchingRules rules) => new(KeySet.Read(identifier, rules), rules);

    private static DicomDataset Worklist(params DicomDataset[] steps)
    {
        var item = new DicomDataset();
        foreach (DicomDataset step in steps)
            step.SetString(DicomTags.ScheduledStationAETitle, "STATION");
        item.SetItems(DicomTags.ScheduledProcedureStepSequence, steps);
        return item;
    }

    private static DicomDataset Step(string modality, string date)
    {
        var step = new DicomDataset();
        step.SetString(DicomTags.Modality, modality);
        step.SetString(DicomTags.ScheduledProcedureStepStartDate, date);
        return step;
    }
}
