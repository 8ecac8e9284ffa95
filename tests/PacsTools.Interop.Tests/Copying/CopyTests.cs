using PacsTools.Interop.Tests.Services;
using PacsTools.Services.Copying;
using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Storage;
using PacsTools.TestKit;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Peers;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Copying;

/// <summary>From one real archive to the other, by way of us and without us.</summary>
public sealed class CopyTests : IDisposable
{
    private static readonly TestStudyOptions s_study = new() { Instances = 10, Series = 3, Rows = 64, Columns = 64, PatientID = "COPY" };
    private readonly Receiver _receiver = new();
    private readonly TemporaryFolder _spool = new("copyspool");

    public void Dispose()
    {
        _receiver.Dispose();
        _spool.Dispose();
    }

    [Theory]
    [InlineData("orthanc", "dcmqrscp", RetrieveMethod.CMove)]
    [InlineData("orthanc", "orthanc", RetrieveMethod.CGet)]
    [InlineData("dcmqrscp", "orthanc", RetrieveMethod.CMove)]
    [InlineData("dcmqrscp", "dcmqrscp", RetrieveMethod.CGet)]
    public async Task A_study_is_there_byte_for_byte_by_way_of_us(string from, string to, RetrieveMethod method)
    {
        await using LoadedArchive source = await LoadedArchive.StartAsync(from, true, [s_study], _receiver.Address);
        await using LoadedArchive destination = await LoadedArchive.StartAsync(to, true, []);
        DicomRetrieveReport report = await CopyAsync(Relay(source.Peer.ToNode(), destination.Peer.ToNode(), s_study, method));

        Assert.True(report.Complete, report.Error?.Message);
        Assert.Equal((30, 30, 0, method.ToString()), (report.Expected, report.Stored, report.Failed, report.Method));
        await AssertHoldsAsync(destination.Peer);
        Assert.Empty(ReceivedFiles.In(_spool.Path));
        Assert.Empty(ReceivedFiles.In(_receiver.Folder));
    }

    [Theory]
    [InlineData("orthanc", "dcmqrscp")]
    [InlineData("dcmqrscp", "orthanc")]
    public async Task A_study_is_there_when_the_archives_see_to_it_themselves(string from, string to)
    {
        await using LoadedArchive destination = await LoadedArchive.StartAsync(to, true, []);
        await using LoadedArchive source = await LoadedArchive.StartAsync(from, true, [s_study], new MoveDestination(destination.Peer.AETitle, destination.Peer.Port));
        DicomRetrieveReport report = await CopyAsync(ToThirdParty(source, destination.Peer.AETitle));
        Assert.True(report.Complete, report.Error?.Message);
        Assert.Equal((30, 30, 0, 0), (report.Expected, report.Stored, report.Failed, report.Missing));
        Assert.Equal(30, report.Instances.Count(i => i.Outcome == InstanceOutcome.Stored));
        await AssertHoldsAsync(destination.Peer);
    }

    [Theory]
    [InlineData("orthanc", "Dimse.C000")]
    [InlineData("dcmqrscp", "Dimse.A801")]
    public async Task An_AE_title_the_archive_does_not_know_is_told_with_what_to_do(string from, string id)
    {
        await using LoadedArchive source = await LoadedArchive.StartAsync(from, true, [s_study]);
        DicomRetrieveReport report = await CopyAsync(ToThirdParty(source, "NOBODY"));
        var error = Assert.IsType<RetrieveException>(report.Error);
        Assert.Equal(id, error.Id);
        Assert.Contains("NOBODY", error.Advice, StringComparison.Ordinal);
        Assert.Equal((false, 0), (report.Complete, report.Stored));
    }

    [Theory]
    [InlineData("orthanc")]
    [InlineData("dcmqrscp")]
    public async Task A_third_party_that_is_not_there_has_nothing(string from)
    {
        await using LoadedArchive source = await LoadedArchive.StartAsync(from, true, [s_study], new MoveDestination("DEAD", LoopbackPort.Closed()));
        DicomRetrieveReport report = await CopyAsync(ToThirdParty(source, "DEAD"));
        Assert.NotNull(report.Error);
        Assert.False(report.Complete);
        Assert.True(report.Stored is 0, $"{report.Stored} told as delivered");
        Assert.DoesNotContain(report.Instances, i => i.Outcome == InstanceOutcome.Stored);
    }

    [Fact]
    public async Task Nothing_counts_that_a_killed_destination_did_not_acknowledge()
    {
        TestStudyOptions many = new() { Instances = 200, Rows = 128, Columns = 128, PatientID = "KILLED" };
        await using LoadedArchive source = await LoadedArchive.StartAsync("dcmqrscp", true, [many], _receiver.Address);
        await using StorescpPeer destination = await StorescpPeer.StartAsync(noDelay: true);
        Task<DicomRetrieveReport> copy = CopyAsync(Relay(source.Peer.ToNode(), destination.ToNode(), many, RetrieveMethod.CMove));
        await Eventually.TrueAsync(() => Directory.GetFiles(destination.Received).Length > 20, "a part has been copied");
        destination.Process.Kill();

        DicomRetrieveReport report = await copy;
        Assert.Equal("Copy.DestinationUnreachable", Assert.IsType<RetrieveException>(report.Error).Id);
        HashSet<string> there = [.. Directory.GetFiles(destination.Received).Select(f => Path.GetFileName(f))];
        string[] copied = [.. report.Instances.Where(i => i.Outcome == InstanceOutcome.Stored).Select(i => i.SOPInstanceUID)];
        Assert.Equal(report.Stored, copied.Length);
        Assert.InRange(copied.Length, 20, 199);
        Assert.All(copied, uid => Assert.Contains(there, f => f.EndsWith(uid, StringComparison.Ordinal)));
        // One at most was kept and not acknowledged any more.
        Assert.InRange(there.Count - copied.Length, 0, 1);
        Assert.Equal((200, 200), (report.Expected, report.Stored + report.Failed + report.Missing));
        Assert.Empty(ReceivedFiles.In(_spool.Path));
    }

    private static async Task AssertHoldsAsync(ExternalPeer archive)
    {
        TestInstance[] all = [.. TestStudy.Create(s_study)];
        Dictionary<string, byte[]> held = [];
        if (archive is OrthancPeer orthanc)
        {
            Assert.Equal(all.Length, await orthanc.CountInstancesAsync());
            foreach (TestInstance instance in all)
                held[instance.SOPInstanceUID] = TestInstance.DataSetOf(await orthanc.GetFileAsync(instance.SOPInstanceUID));
        }
        else
        {
            foreach (string file in Directory.GetFiles(((DcmqrscpPeer)archive).Storage).Where(f => Path.GetFileName(f) != "index.dat"))
                held[PacsTools.Dicom.Files.DicomFile.Open(file).FileMeta.MediaStorageSOPInstanceUID!] = TestInstance.DataSetOf(file);
        }
        Assert.Equal(all.Length, held.Count);
        Assert.All(all, i => Assert.Equal(i.DataSet, held[i.SOPInstanceUID]));
    }

    private CopyRequest Relay(PacsNode source, PacsNode destination, TestStudyOptions study, RetrieveMethod method) =>
        new() { Source = Source(source, study) with { Method = method }, DestinationNode = destination, SpoolRoot = _spool.Path };

    private CopyRequest ToThirdParty(LoadedArchive source, string title) => new() { Source = Source(source.Peer.ToNode(), s_study), DestinationAETitle = title };

    private RetrieveRequest Source(PacsNode node, TestStudyOptions study) => new()
    {
        Node = node,
        StudyInstanceUID = TestStudy.StudyInstanceUID(study),
        Scp = new StorageScpChoice(_receiver.Scp),
        Retry = RetryPolicy.None,
    };

    private Task<DicomRetrieveReport> CopyAsync(CopyRequest request) => _receiver.Copier.CopyAsync(request, _receiver.Log, CancellationToken.None);
}
