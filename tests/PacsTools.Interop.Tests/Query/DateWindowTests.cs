using PacsTools.Dicom.Errors;
using PacsTools.Interop.Tests.Services;
using PacsTools.Services.Nodes;
using PacsTools.Services.Query;
using PacsTools.Services.Resilience;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Peers;

namespace PacsTools.Interop.Tests.Query;

/// <summary>An Orthanc that gives five results and stops.</summary>
public sealed class DateWindowTests
{
    private readonly RecordingLog _log = new();

    [Fact]
    public async Task All_studies_of_a_range_come_although_the_archive_stops_short()
    {
        await using OrthancPeer peer = await StartAsync(Enumerable.Range(1, 24).Select(day => $"202401{day:00}"));
        var query = new StudyQuery { StudyDate = DicomDateRange.Parse("2024-01-01..2024-01-31"), Retry = RetryPolicy.None };
        List<DicomStudy> studies = await new QueryFinder().FindAsync(peer.ToNode(), query, _log).ToListAsync();
        Assert.Equal(24, studies.Count);
        Assert.Equal(24, studies.Select(study => study.StudyInstanceUID).Distinct().Count());
        Assert.Empty(_log.Warnings);
        Assert.Contains(_log.Details, text => text.Contains("asked for apart", StringComparison.Ordinal));

        List<DicomStudy> open = await new QueryFinder().FindAsync(peer.ToNode(), query with { StudyDate = DicomDateRange.Parse("2024-01-01..") }, _log).ToListAsync();
        Assert.Equal(24, open.Count);
    }

    [Fact]
    public async Task A_day_that_holds_too_much_ends_in_the_archives_own_error()
    {
        await using OrthancPeer peer = await StartAsync(Enumerable.Repeat("20240115", 8));
        var query = new StudyQuery { StudyDate = DicomDateRange.Parse("20240115"), Retry = RetryPolicy.None };
        var found = new List<DicomStudy>();
        DimseStatusException error = await Assert.ThrowsAsync<DimseStatusException>(async () =>
        {
            await foreach (DicomStudy study in new QueryFinder().FindAsync(peer.ToNode(), query, _log))
                found.Add(study);
        });
        Assert.Equal(0xFE00, error.Status);
        Assert.Equal(5, found.Count);
    }

    private static async Task<OrthancPeer> StartAsync(IEnumerable<string> dates)
    {
        OrthancPeer peer = await OrthancPeer.StartAsync(new OrthancOptions { LimitFindResults = 5 });
        await peer.UploadAsync(dates.Select((date, i) => TestStudy.CreateOne(TestStudy.Tiny(1, seed: 700 + i) with { StudyDate = date, PatientID = $"W{i}" }).ToFile()));
        return peer;
    }
}
