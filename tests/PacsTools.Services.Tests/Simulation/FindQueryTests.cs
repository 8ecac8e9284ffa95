using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;
using PacsTools.Services.Query;
using PacsTools.Services.Simulation;

namespace PacsTools.Services.Tests.Simulation;

/// <summary>Identifiers: which are refused (A900), which keys are unsupported (FF01), and what comes back.</summary>
public sealed class FindQueryTests
{
    [Theory]
    [InlineData(QueryModel.Study, null)]
    [InlineData(QueryModel.Study, "FRAME")]
    [InlineData(QueryModel.Study, "PATIENT")]
    [InlineData(QueryModel.Study, "SERIES")]
    [InlineData(QueryModel.Study, "IMAGE")]
    [InlineData(QueryModel.Patient, "STUDY")]
    public void An_identifier_that_does_not_fit_the_model_is_refused(QueryModel model, string? level)
    {
        var refused = Assert.Throws<IdentifierException>(() => FindQuery.Read(Identifier(level), model, MatchingRules.Default));
        Assert.Equal(0xA900, refused.Status);
        Assert.NotEmpty(refused.Offending);
    }

    [Theory]
    [InlineData(QueryModel.Study, "SERIES")]
    [InlineData(QueryModel.Study, "IMAGE")]
    [InlineData(QueryModel.Patient, "STUDY")]
    public void Relational_queries_need_no_keys_above(QueryModel model, string level) =>
        Assert.Empty(FindQuery.Read(Identifier(level), model, MatchingRules.Default with { Relational = true }).Keys);

    [Theory]
    [InlineData("1.2\\1.3")]
    [InlineData("1.2.*")]
    public void A_key_above_the_level_has_one_value(string study) => Assert.Throws<IdentifierException>(() =>
        FindQuery.Read(Identifier("SERIES", (DicomTags.StudyInstanceUID, study)), QueryModel.Study, MatchingRules.Default));

    [Fact]
    public void Keys_of_lower_levels_and_unknown_ones_are_confessed_and_left_out()
    {
        var query = FindQuery.Read(
            Identifier("STUDY", (DicomTags.PatientName, "DOE*"), (DicomTags.Modality, "CT"), (DicomTags.RetrieveAETitle, "")), QueryModel.Study, MatchingRules.Default);
        Assert.True(query.HasUnsupportedKeys);
        Assert.Equal(DicomTags.PatientName, Assert.Single(query.Keys).Tag);
        Assert.False(FindQuery.Read(Identifier("STUDY", (DicomTags.ModalitiesInStudy, "")), QueryModel.Study, MatchingRules.Default).HasUnsupportedKeys);
    }

    [Fact]
    public void A_response_has_the_keys_asked_for_and_the_unique_ones()
    {
        var index = new ArchiveIndex();
        index.Add(ArchiveIndexTests.Header("P", "1", "1.1", "1.1.1"));
        DicomDataset match = Assert.Single(Find(index, Identifier("SERIES", (DicomTags.StudyInstanceUID, "1"), (DicomTags.PatientName, ""), (DicomTags.StudyDate, ""))));
        Assert.Equal("SERIES", match.GetString(DicomTags.QueryRetrieveLevel));
        Assert.Equal("1.1", match.GetString(DicomTags.SeriesInstanceUID));
        Assert.Equal("DOE^P", match.GetString(DicomTags.PatientName));
        Assert.True(match.Contains(DicomTags.StudyDate));
        Assert.Equal("TITLE", match.GetString(DicomTags.RetrieveAETitle));
        Assert.False(match.Contains(DicomTags.SpecificCharacterSet));
    }

    [Fact]
    public void A_response_of_texts_in_two_character_sets_is_in_utf8()
    {
        var index = new ArchiveIndex();
        InstanceHeader first = ArchiveIndexTests.Header("P", "1", "1.1", "1.1.1");
        first.Dataset.SetString(DicomTags.SpecificCharacterSet, "ISO_IR 100");
        first.Dataset.SetString(DicomTags.PatientName, "Müller^Jürgen");
        InstanceHeader second = ArchiveIndexTests.Header("P", "2", "2.1", "2.1.1");
        second.Dataset.SetString(DicomTags.SpecificCharacterSet, "GB18030");
        second.Dataset.SetString(DicomTags.PatientName, "Wang");
        second.Dataset.SetString(DicomTags.StudyDescription, "胸部检查");
        index.Add(first);
        index.Add(second);
        DicomDataset match = Assert.Single(Find(index, Identifier("STUDY", (DicomTags.StudyInstanceUID, "2"), (DicomTags.PatientName, ""), (DicomTags.StudyDescription, ""))));
        Assert.Equal("ISO_IR 192", match.GetString(DicomTags.SpecificCharacterSet));
        Assert.Equal("Müller^Jürgen", match.GetString(DicomTags.PatientName));
        Assert.Equal("胸部检查", match.GetString(DicomTags.StudyDescription));
    }

    private static List<DicomDataset> Find(ArchiveIndex index, DicomDataset identifier)
    {
        var query = FindQuery.Read(identifier, QueryModel.Study, MatchingRules.Default);
        return [.. new EntityQuery(index, query.Level, query.Keys, query.Rules).Run().Select(path => FindResponse.Create(query, path, "TITLE"))];
    }

    private static DicomDataset Identifier(string? level, params (DicomTag Tag, string Value)[] keys)
    {
        var identifier = new DicomDataset();
        if (level is not null)
            identifier.SetString(DicomTags.QueryRetrieveLevel, level);
        foreach ((DicomTag tag, string value) in keys)
            identifier.SetString(tag, value.Split('\\'));
        return identifier;
    }
}
