using PacsTools.Services.Retrieve;
using PacsTools.Services.Storage;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Peers;

namespace PacsTools.Interop.Tests.Services;

/// <summary>C-MOVE from real archives into a folder.</summary>
public sealed class RetrieveTests
{
    private static readonly TestStudyOptions s_study = new() { Instances = 25, Series = 2, Rows = 64, Columns = 64, PatientID = "MAIN" };
    private static readonly TestStudyOptions s_other = new() { Instances = 30, Rows = 64, Columns = 64, PatientID = "OTHER" };

    public static TheoryData<string, bool> Archives => new()
    {
        { "orthanc", false },
        { "orthanc", true },
        { "dcmqrscp", false },
        { "dcmqrscp", true },
    };

    [Theory]
    [MemberData(nameof(Archives))]
    public async Task A_study_arrives_whole_and_alone(string server, bool noDelay)
    {
        using var receiver = new Receiver();
        await using LoadedArchive archive = await LoadedArchive.StartAsync(server, noDelay, [s_study, s_other], receiver.Address);
        List<DicomInstanceFile> files = [];
        await using (RetrieveRun run = receiver.Start(archive.Peer.ToNode(), TestStudy.StudyInstanceUID(s_study)))
        {
            await foreach (DicomInstanceFile file in run.Instances)
                files.Add(file);
            DicomRetrieveReport report = await run.Report;
            Assert.True(report.Complete, report.Error?.Message);
            Assert.Equal(50, report.Stored);
            Assert.Equal(50, report.Expected);
            Assert.Equal(0, report.Missing + report.Failed + report.Duplicate + report.Unexpected);
        }
        Assert.Equal(50, files.Count);
        Assert.All(files, f => Assert.Equal(InstanceOutcome.Stored, f.Outcome));
        Assert.All(files, f => Assert.Equal(new FileInfo(f.Path!).Length, f.Length));
        Assert.All(files, f => Assert.Equal("MAIN", f.PatientID));
        ReceivedFiles.AssertExactly(receiver.Folder, TestStudy.Create(s_study));
        if (server == "dcmqrscp")
        {
            await Dcmtk.TestFilesAsync(files.Select(f => f.Path!));
            await Dcmtk.DumpAllAsync(files.Select(f => f.Path!));
        }
    }

    [Theory]
    [InlineData("orthanc")]
    [InlineData("dcmqrscp")]
    public async Task Received_again_everything_is_a_duplicate(string server)
    {
        using var receiver = new Receiver();
        await using LoadedArchive archive = await LoadedArchive.StartAsync(server, true, [s_study], receiver.Address);
        string study = TestStudy.StudyInstanceUID(s_study);
        Assert.Equal(50, (await receiver.ReceiveAsync(archive.Peer.ToNode(), study)).Stored);
        DicomRetrieveReport again = await receiver.ReceiveAsync(archive.Peer.ToNode(), study);
        Assert.True(again.Complete, again.Error?.Message);
        Assert.Equal(50, again.Duplicate);
        Assert.Equal(0, again.Stored);
        ReceivedFiles.AssertExactly(receiver.Folder, TestStudy.Create(s_study));
    }

    [Theory]
    [InlineData("orthanc")]
    [InlineData("dcmqrscp")]
    public async Task Two_retrieves_at_once_get_each_their_own(string server)
    {
        using var receiver = new Receiver();
        await using LoadedArchive archive = await LoadedArchive.StartAsync(server, true, [s_study, s_other], receiver.Address);
        string first = Path.Combine(receiver.Folder, "first"), second = Path.Combine(receiver.Folder, "second");
        DicomRetrieveReport[] reports = await Task.WhenAll(
            receiver.ReceiveAsync(archive.Peer.ToNode(), TestStudy.StudyInstanceUID(s_study), first),
            receiver.ReceiveAsync(archive.Peer.ToNode(), TestStudy.StudyInstanceUID(s_other), second));
        Assert.All(reports, r => Assert.True(r.Complete, r.Error?.Message));
        ReceivedFiles.AssertExactly(first, TestStudy.Create(s_study));
        ReceivedFiles.AssertExactly(second, TestStudy.Create(s_other));
    }

    [Fact]
    public async Task A_study_the_archive_does_not_hold_is_no_success()
    {
        using var receiver = new Receiver();
        await using LoadedArchive archive = await LoadedArchive.StartAsync("dcmqrscp", true, [s_other], receiver.Address);
        DicomRetrieveReport report = await receiver.ReceiveAsync(archive.Peer.ToNode(), "1.2.3.4");
        Assert.Equal(0, report.Stored);
        Assert.Empty(ReceivedFiles.In(receiver.Folder));
    }
}
