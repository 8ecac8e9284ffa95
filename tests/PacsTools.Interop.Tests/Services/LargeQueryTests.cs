using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using PacsTools.Services.Nodes;
using PacsTools.Services.Query;
using PacsTools.TestKit;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Peers;

namespace PacsTools.Interop.Tests.Services;

/// <summary>Queries over an archive with thousands of studies: complete if wanted, stopped on the wire if not.</summary>
public sealed partial class LargeQueryTests(StudyArchive archive) : IClassFixture<StudyArchive>
{
    [Fact]
    public async Task All_studies_come_each_once()
    {
        PacsNode node = (await archive.Peer).ToNode();
        List<DicomStudy> studies = await new QueryFinder(new FindScu(DirectAssociations.Default)).FindAsync(node, new StudyQuery { PatientName = "DOE*" }, new RecordingLog()).ToListAsync();
        Assert.Equal(StudyArchive.Count, studies.Select(s => s.StudyInstanceUID).Distinct().Count());
        Assert.Equal(StudyArchive.Count, studies.Count);
    }

    [Fact]
    public async Task Leaving_after_the_first_study_stops_the_archive()
    {
        OrthancPeer peer = await archive.Peer;
        PacsNode node = peer.ToNode();
        int associations = Finished(peer).Count;
        long start = Stopwatch.GetTimestamp();
        TimeSpan untilFirst = default;
        await foreach (DicomStudy study in new QueryFinder(new FindScu(DirectAssociations.Default)).FindAsync(node, new StudyQuery { PatientID = "P*" }, new RecordingLog()))
        {
            Assert.NotNull(study.StudyInstanceUID);
            untilFirst = Stopwatch.GetElapsedTime(start);
            break;
        }
        TimeSpan afterwards = Stopwatch.GetElapsedTime(start) - untilFirst;
        Assert.True(afterwards < TimeSpan.FromSeconds(3), $"the end took {afterwards.TotalSeconds:0.0} s after the first study");
        await Eventually.TrueAsync(() => Finished(peer).Count > associations, "the association finished", details: peer.Output.ToString);
        // A C-CANCEL was obeyed and the association released in peace: Orthanc did not see an abort.
        Assert.Contains("Requested Release", Finished(peer)[^1], StringComparison.Ordinal);
        // Orthanc numbers its responses; had nobody told it to stop, the last one would have been sent.
        int last = peer.Output.Lines.Select(l => Sent().Match(l)).Where(m => m.Success)
            .Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)).Last();
        Assert.InRange(last, 1, StudyArchive.Count - 1);
    }

    [Fact]
    public async Task MaxResults_stops_the_archive_too()
    {
        PacsNode node = (await archive.Peer).ToNode();
        List<DicomStudy> studies = await new QueryFinder(new FindScu(DirectAssociations.Default)).FindAsync(node, new StudyQuery { MaxResults = 7, PatientID = "P*" }, new RecordingLog()).ToListAsync();
        Assert.Equal(7, studies.Count);
    }

    [Fact]
    public async Task Cancelling_ends_within_a_second()
    {
        PacsNode node = (await archive.Peer).ToNode();
        using var cancel = new CancellationTokenSource();
        long start = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (DicomStudy _ in new QueryFinder(new FindScu(DirectAssociations.Default)).FindAsync(node, new StudyQuery { PatientID = "P*" }, new RecordingLog(), cancel.Token))
            {
                if (!cancel.IsCancellationRequested)
                    start = Stopwatch.GetTimestamp();
                await cancel.CancelAsync();
            }
        });
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(3), $"{Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s");
    }

    [Theory]
    [InlineData("20240101-20240331")]
    [InlineData("-20240215")]
    [InlineData("2024-06-05..")]
    [InlineData("20240303")]
    public async Task Dates_filter_as_the_test_data_say(string range)
    {
        PacsNode node = (await archive.Peer).ToNode();
        var query = new StudyQuery { StudyDate = DicomDateRange.Parse(range) };
        List<DicomStudy> studies = await new QueryFinder(new FindScu(DirectAssociations.Default)).FindAsync(node, query, new RecordingLog()).ToListAsync();
        (string from, string to) = range switch
        {
            "20240101-20240331" => ("20240101", "20240331"),
            "-20240215" => ("00000000", "20240215"),
            "2024-06-05.." => ("20240605", "99999999"),
            _ => ("20240303", "20240303"),
        };
        string[] expected = [.. Enumerable.Range(1, StudyArchive.Count).Select(StudyArchive.Study)
            .Where(o => string.CompareOrdinal(o.StudyDate, from) >= 0 && string.CompareOrdinal(o.StudyDate, to) <= 0)
            .Select(TestStudy.StudyInstanceUID).Order(StringComparer.Ordinal)];
        Assert.NotEmpty(expected);
        Assert.Equal(expected, studies.Select(s => s.StudyInstanceUID).Order(StringComparer.Ordinal));
    }

    private static List<string> Finished(OrthancPeer peer) => [.. peer.Output.Lines.Where(l => l.Contains("Finishing association", StringComparison.Ordinal))];

    [GeneratedRegex(@"Sending C-FIND Response (\d+)/")]
    private static partial Regex Sent();
}
