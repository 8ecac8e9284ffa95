using System.Net;
using PacsTools.Dicom.Data;

namespace PacsTools.Services.Tests.Simulation.Web;

/// <summary>Searches (PS3.18 10.6).</summary>
public sealed class QidoTests : IDisposable
{
    private readonly WebFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("studies", 2)]
    [InlineData("series", 3)]
    [InlineData("instances", 7)]
    [InlineData("studies/" + WebFixture.StudyUid + "/series", 2)]
    [InlineData("studies/" + WebFixture.StudyUid + "/instances", 6)]
    [InlineData("studies?PatientName=doe*", 1)]
    [InlineData("studies?00100010=doe*", 1)]
    [InlineData("studies?0010,0010=doe%5E*", 1)]
    [InlineData("studies?PatientName=m%C3%BCller*", 1)]
    [InlineData("studies?PatientID=P1&PatientName=", 1)]
    [InlineData("studies?StudyInstanceUID=1.2.826.0.1.3680043.9.7307.2.1,1.2.826.0.1.3680043.9.7307.2.2", 2)]
    [InlineData("studies?StudyInstanceUID=1.2.826.0.1.3680043.9.7307.2.1%5C1.2.826.0.1.3680043.9.7307.2.2", 2)]
    [InlineData("studies?StudyDate=19000101-20990101", 2)]
    [InlineData("studies?ModalitiesInStudy=CT", 2)]
    [InlineData("series?Modality=CT&PatientID=P2", 1)]
    [InlineData("instances?InstanceNumber=2", 2)]
    [InlineData("instances?Rows=4&PatientID=P1", 6)]
    [InlineData("instances?limit=4", 4)]
    [InlineData("instances?limit=4&offset=5", 2)]
    [InlineData("instances?offset=99", 0)]
    [InlineData("instances?limit=0", 0)]
    [InlineData("studies?PatientID=nobody", 0)]
    [InlineData("studies/1.2.3/series", 0)]
    public async Task Finds_what_a_query_would(string path, int count)
    {
        using HttpResponseMessage response = await _fixture.GetAsync(path);
        Assert.Equal(count == 0 ? HttpStatusCode.NoContent : HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains("Warning"));
        if (count > 0)
            Assert.Equal("application/dicom+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(count, (await WebFixture.ReadAsync(response)).Count);
    }

    [Fact]
    public async Task Returns_what_every_search_does_and_what_it_was_asked_for()
    {
        DicomDataset study = Assert.Single(await _fixture.FindAsync("studies?PatientID=P1"));
        Assert.Equal((2, 6), (study.GetInt32(DicomTags.NumberOfStudyRelatedSeries), study.GetInt32(DicomTags.NumberOfStudyRelatedInstances)));
        Assert.Equal(new Uri(_fixture.Http.BaseAddress!, "studies/" + WebFixture.StudyUid).ToString(), study.GetString(DicomTags.RetrieveURL));
        Assert.False(study.Contains(DicomTags.QueryRetrieveLevel) || study.Contains(DicomTags.StudyDescription) || study.Contains(DicomTags.Rows));

        study = Assert.Single(await _fixture.FindAsync("studies?PatientID=P1&includefield=StudyDescription,00101010"));
        Assert.True(study.Contains(DicomTags.StudyDescription) && study.Contains(DicomTags.PatientAge));
        DicomDataset all = Assert.Single(await _fixture.FindAsync("studies?PatientID=P1&includefield=all"));
        Assert.Superset(study.Select(e => e.Tag).ToHashSet(), all.Select(e => e.Tag).ToHashSet());

        DicomDataset series = (await _fixture.FindAsync("series?PatientID=P1"))[0];
        Assert.True(series.Contains(DicomTags.PatientName) && series.Contains(DicomTags.SeriesNumber));
        Assert.Equal(3, series.GetInt32(DicomTags.NumberOfSeriesRelatedInstances));
        series = (await _fixture.FindAsync($"studies/{WebFixture.StudyUid}/series"))[0];
        Assert.False(series.Contains(DicomTags.PatientName));

        DicomDataset instance = (await _fixture.FindAsync($"studies/{WebFixture.StudyUid}/instances?limit=1"))[0];
        Assert.Equal(4, instance.GetInt32(DicomTags.Rows));
        Assert.EndsWith(instance.GetString(DicomTags.SOPInstanceUID)!, instance.GetString(DicomTags.RetrieveURL), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_is_UTF8_whatever_it_is_stored_in() =>
        Assert.Equal("MÜLLER^JÜRGEN", Assert.Single(await _fixture.FindAsync("studies?PatientID=P2")).GetString(DicomTags.PatientName));

    [Theory]
    [InlineData("studies?fuzzymatching=true", "fuzzymatching")]
    [InlineData("studies?SeriesDescription=x", "SeriesDescription")]
    [InlineData("studies?ImageComments=x", "ImageComments")]
    public async Task What_is_not_done_as_asked_is_told(string path, string word)
    {
        using HttpResponseMessage response = await _fixture.GetAsync(path);
        Assert.Equal(2, (await WebFixture.ReadAsync(response)).Count);
        string warning = Assert.Single(response.Headers.GetValues("Warning"));
        Assert.StartsWith("299 ", warning, StringComparison.Ordinal);
        Assert.Contains(word, warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("studies?NoSuchKeyword=1", 400)]
    [InlineData("studies?StudyDate=yesterday", 400)]
    [InlineData("studies?limit=-1", 400)]
    [InlineData("studies?offset=x", 400)]
    [InlineData("studies?fuzzymatching=perhaps", 400)]
    [InlineData("instances?Rows=many", 400)]
    [InlineData("studies?includefield=NoSuchKeyword", 400)]
    [InlineData("studies?SpecificCharacterSet=ISO_IR%20100", 400)]
    [InlineData("patients", 404)]
    [InlineData("series/1.2.3", 404)]
    [InlineData("studies/1.2/instances/1.3", 404)]
    public async Task What_cannot_be_understood_is_refused(string path, int status)
    {
        using HttpResponseMessage response = await _fixture.GetAsync(path);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("application/dicom+json", "application/dicom+json")]
    [InlineData("application/json", "application/json")]
    [InlineData("text/html;q=0.9, application/json;q=0.5, */*;q=0.1", "application/dicom+json")]
    [InlineData("multipart/related; type=\"application/dicom+xml\"", null)]
    [InlineData("application/dicom+json;q=0", null)]
    public async Task The_media_type_is_one_that_is_taken(string accept, string? given)
    {
        using HttpResponseMessage response = await _fixture.GetAsync("studies", accept);
        Assert.Equal(given is null ? HttpStatusCode.NotAcceptable : HttpStatusCode.OK, response.StatusCode);
        if (given is not null)
            Assert.Equal(given, response.Content.Headers.ContentType!.MediaType);
    }
}
