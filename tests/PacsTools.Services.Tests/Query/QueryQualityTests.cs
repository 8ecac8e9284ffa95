using PacsTools.Dicom.Data;
using PacsTools.Services.Query;

namespace PacsTools.Services.Tests.Query;

public sealed class QueryQualityTests
{
    private readonly RecordingLog _log = new();

    private QueryQuality Watch(StudyQuery query) => new(query.Plan(), "PACS@host:104", _log);

    private static FindMatch Match(string uid, Action<DicomDataset>? change = null, ushort status = 0xFF00, int identifier = 0)
    {
        var dataset = new DicomDataset();
        foreach (var tag in StudyAttributes.Target.ReturnKeys.Select(path => path.Leaf))
        {
            dataset.SetEmpty(tag);
        }

        dataset.SetString(DicomTags.StudyInstanceUID, uid);
        change?.Invoke(dataset);
        return new FindMatch(dataset, status, identifier, []);
    }

    private static bool Accept(QueryQuality quality, FindMatch match, out string[] unsupported)
    {
        quality.WarnOfIgnoredKeys(match);
        return quality.Accept(match, out unsupported);
    }

    [Fact]
    public void Keys_absent_from_the_response_are_unsupported()
    {
        var quality = Watch(new StudyQuery { Property = ["StudyComments", "ProcedureCodeSequence.CodeValue"] });
        var match = Match("1.2", d => d.Remove(DicomTags.InstanceAvailability));
        Assert.True(Accept(quality, match, out var unsupported));
        Assert.Equal(["InstanceAvailability", "StudyComments", "ProcedureCodeSequence.CodeValue"], unsupported);
        Assert.True(Accept(quality, match with { Dataset = Match("1.3", d => d.Remove(DicomTags.InstanceAvailability)).Dataset }, out var again));
        Assert.Same(unsupported, again);
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public void Behind_FF01_are_the_optional_keys_without_a_value()
    {
        var quality = Watch(new StudyQuery());
        var match = Match("1.2", d => d.SetString(DicomTags.StudyDescription, "CHEST"), status: 0xFF01);
        Assert.True(Accept(quality, match, out var unsupported));
        Assert.Contains("PatientBirthDate", unsupported);
        Assert.Contains("NumberOfStudyRelatedInstances", unsupported);
        Assert.DoesNotContain("StudyDescription", unsupported);
        Assert.DoesNotContain("PatientName", unsupported);
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public void A_matching_key_absent_from_the_response_is_warned_about_once()
    {
        var quality = Watch(new StudyQuery { Modality = ["US", "MR"], PatientID = "P" });
        for (var i = 0; i < 3; i++)
        {
            var match = Match($"1.{i}", d => { d.Remove(DicomTags.ModalitiesInStudy); d.SetString(DicomTags.PatientID, "P"); }, identifier: i % 2);
            Assert.True(Accept(quality, match, out var unsupported));
            Assert.Equal(["ModalitiesInStudy"], unsupported);
        }

        quality.Finish();
        var (id, text) = Assert.Single(_log.Warnings);
        Assert.Equal("Query.IgnoredKey", id);
        Assert.Equal("PACS@host:104: the archive ignored ModalitiesInStudy; results are not filtered by it.", text);
    }

    [Fact]
    public void Several_ignored_keys_are_one_warning()
    {
        var quality = Watch(new StudyQuery { StudyDescription = "CHEST*", ReferringPhysicianName = "HOUSE" });
        Assert.True(Accept(quality, Match("1.2"), out _));
        Assert.Contains("ignored StudyDescription, ReferringPhysicianName; results are not filtered by them", Assert.Single(_log.Warnings).Text);
    }

    [Fact]
    public void A_response_that_contradicts_the_key_is_dropped_and_counted()
    {
        var quality = Watch(new StudyQuery { Modality = ["US"], StudyDate = DicomDateRange.Parse("20240101-20240131") });
        Assert.True(Accept(quality, Match("1.1", d => { d.SetString(DicomTags.ModalitiesInStudy, "CT", "US"); d.SetString(DicomTags.StudyDate, "20240115"); }), out _));
        Assert.False(Accept(quality, Match("1.2", d => { d.SetString(DicomTags.ModalitiesInStudy, "CT"); d.SetString(DicomTags.StudyDate, "20240115"); }), out _));
        Assert.False(Accept(quality, Match("1.3", d => { d.SetString(DicomTags.ModalitiesInStudy, "US"); d.SetString(DicomTags.StudyDate, "20230115"); }), out _));
        Assert.True(Accept(quality, Match("1.4", d => { d.SetString(DicomTags.ModalitiesInStudy, "US"); d.SetString(DicomTags.StudyDate, "garbage"); }), out _));
        Assert.Equal(2, quality.Contradicting);
        Assert.Empty(_log.Warnings);
        quality.Finish();
        var (id, text) = Assert.Single(_log.Warnings);
        Assert.Equal("Query.ContradictingResponses", id);
        Assert.Equal("PACS@host:104: 2 responses contradicted ModalitiesInStudy, StudyDate and were dropped.", text);
    }

    [Fact]
    public void Universal_keys_are_contradicted_by_nothing()
    {
        var quality = Watch(new StudyQuery { PatientName = "*", AccessionNumber = "" });
        Assert.True(Accept(quality, Match("1.2"), out _));
        quality.Finish();
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public void A_study_is_accepted_once()
    {
        var quality = Watch(new StudyQuery());
        Assert.True(Accept(quality, Match("1.2"), out _));
        Assert.False(Accept(quality, Match("1.2"), out _));
        Assert.True(Accept(quality, Match("1.3"), out _));
        Assert.True(Accept(quality, Match("", d => d.SetEmpty(DicomTags.StudyInstanceUID)), out _));
        Assert.True(Accept(quality, Match("", d => d.SetEmpty(DicomTags.StudyInstanceUID)), out _));
        Assert.Equal(1, quality.Duplicates);
        quality.Finish();
        Assert.Empty(_log.Warnings);
        Assert.Contains("1 response repeated a study", Assert.Single(_log.Verboses));
    }

    [Fact]
    public void Illegal_data_sets_are_one_warning_at_the_end()
    {
        var quality = Watch(new StudyQuery());
        Assert.True(Accept(quality, Match("1.2") with { Problems = ["odd length"] }, out _));
        Assert.True(Accept(quality, Match("1.3") with { Problems = ["odd length"] }, out _));
        quality.Finish();
        Assert.Equal("Query.IllegalDataSet", Assert.Single(_log.Warnings).Id);
        Assert.Equal(2, _log.Verboses.Count);
    }
}
