using PacsTools.Dicom.Errors;
using PacsTools.Services.Nodes;
using PacsTools.Services.Query;
using PacsTools.Services.Resilience;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Peers;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Services;

/// <summary>Study queries against both archives: values, character sets, ignored keys, failures.</summary>
public sealed class QueryTests
{
    private static readonly TestStudyOptions[] s_studies =
    [
        .. Enum.GetValues<TestCharacterSet>().Select((set, i) => TestStudy.Tiny(2, seed: i + 1) with { CharacterSet = set, PatientID = $"CHARSET-{set}" }),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Names_in_every_character_set_are_read(bool dcmqrscp)
    {
        using var folder = new TemporaryFolder();
        await using ExternalPeer peer = await StartAsync(dcmqrscp, folder);
        // Orthanc answers in the character set it was configured with (Latin-1): what does not fit there is not the client's doing.
        IEnumerable<TestStudyOptions> asked = dcmqrscp ? s_studies : s_studies.Where(s => s.CharacterSet is TestCharacterSet.Ascii or TestCharacterSet.Latin1);
        foreach (TestStudyOptions study in asked)
        {
            var query = new StudyQuery { PatientID = study.PatientID };
            DicomStudy found = Assert.Single(await new QueryFinder().FindAsync(peer.ToNode(), query, new RecordingLog()).ToListAsync());
            Assert.Equal(TestStudy.StudyInstanceUID(study), found.StudyInstanceUID);
            if (!dcmqrscp || study.CharacterSet == TestCharacterSet.Ascii)
                Assert.Equal(TestStudy.PatientName(study), found.PatientName);
        }
    }

    [Fact]
    public async Task Orthanc_fills_every_property()
    {
        using var folder = new TemporaryFolder();
        await using ExternalPeer peer = await StartAsync(dcmqrscp: false, folder);
        TestStudyOptions study = s_studies[0];
        DicomStudy found = Assert.Single(await new QueryFinder().FindAsync(peer.ToNode(), new StudyQuery { PatientID = study.PatientID }, new RecordingLog()).ToListAsync());
        Assert.Equal(new DateTime(2024, 1, 15), found.StudyDate);
        Assert.Equal(new TimeSpan(10, 15, 0), found.StudyTime);
        Assert.Equal(new DateTime(1970, 1, 31), found.PatientBirthDate);
        Assert.Equal("O", found.PatientSex);
        Assert.Equal("ACC1", found.AccessionNumber);
        Assert.Equal("Synthetic study", found.StudyDescription);
        Assert.Equal("REFERRER^ANNE", found.ReferringPhysicianName);
        Assert.Equal(["CT"], found.ModalitiesInStudy);
        Assert.Equal(1, found.NumberOfStudyRelatedSeries);
        Assert.Equal(2, found.NumberOfStudyRelatedInstances);
        Assert.Equal(peer.Port, found.Node.Port);
    }

    [Fact]
    public async Task A_key_dcmqrscp_ignores_is_warned_about()
    {
        using var folder = new TemporaryFolder();
        await using ExternalPeer peer = await StartAsync(dcmqrscp: true, folder);
        var log = new RecordingLog();
        List<DicomStudy> found = await new QueryFinder().FindAsync(peer.ToNode(), new StudyQuery { Modality = ["US"] }, log).ToListAsync();
        // There is not one ultrasound study in it; it answers with everything and leaves the key out.
        Assert.Equal(s_studies.Length, found.Count);
        Assert.Contains("ModalitiesInStudy", Assert.Single(log.Warnings).Text, StringComparison.Ordinal);
        Assert.All(found, s => Assert.Contains("ModalitiesInStudy", s.UnsupportedKeys));
    }

    [Fact]
    public async Task Nothing_found_is_an_empty_stream()
    {
        using var folder = new TemporaryFolder();
        await using ExternalPeer peer = await StartAsync(dcmqrscp: true, folder);
        Assert.Empty(await new QueryFinder().FindAsync(peer.ToNode(), new StudyQuery { PatientID = "NOBODY" }, new RecordingLog()).ToListAsync());
    }

    [Fact]
    public async Task A_caller_the_archive_does_not_know_is_told_so()
    {
        await using OrthancPeer orthanc = await OrthancPeer.StartAsync(new OrthancOptions { KnownCallersOnly = true });
        DicomException error = await Assert.ThrowsAnyAsync<DicomException>(() =>
            new QueryFinder().FindAsync(orthanc.ToNode(), new StudyQuery { PatientID = "X", Retry = new RetryPolicy(retries: 0) }, new RecordingLog()).ToListAsync());
        Assert.False(string.IsNullOrEmpty(error.Message));
        Assert.True(error is NoAcceptedContextException or AssociationRejectedException or AssociationAbortedException, error.ToString());
    }

    private static async Task<ExternalPeer> StartAsync(bool dcmqrscp, TemporaryFolder folder)
    {
        if (!dcmqrscp)
        {
            OrthancPeer orthanc = await OrthancPeer.StartAsync();
            await orthanc.UploadAsync(s_studies.SelectMany(TestStudy.Create).Select(i => i.ToFile()));
            return orthanc;
        }
        DcmqrscpPeer peer = await DcmqrscpPeer.StartAsync();
        await peer.IndexAsync(s_studies.SelectMany(s => TestStudy.Save(s, folder.Path)));
        return peer;
    }
}
