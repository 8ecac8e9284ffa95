using System.Threading.Channels;
using PacsTools.Services.Resilience;
using PacsTools.Services.Sending;
using PacsTools.Services.Simulation;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Processes;

namespace PacsTools.Services.Tests.Sending;

/// <summary>Send-DicomFile -Commit below the cmdlet, against the simulator.</summary>
public sealed class CommittedSendingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("commit");
    private readonly RecordingLog _log = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_stored_is_committed_and_what_is_not_is_told_at_once(bool onNewAssociation)
    {
        using var scp = new ScpScope();
        using var archive = PacsSimulator.Start(new PacsSimulatorOptions { ReportOnNewAssociation = onNewAssociation });
        var files = TestStudy.Save(TestStudy.Tiny(12), _folder["files"]);
        var text = _folder["files", "text.dcm"];
        await File.WriteAllTextAsync(text, "no image", TestContext.Current.CancellationToken);
        var request = new CommitmentRequest { Node = archive.Node, Listener = CommitmentListener.None, Retry = RetryPolicy.None, BatchSize = 5 };
        List<SendReport> ends = [];
        await foreach (var end in new CommittedSending().CommitAsync(Send(archive, [.. files, text]), request, _log, TestContext.Current.CancellationToken))
            ends.Add(end);
        Assert.Equal(13, ends.Count);
        Assert.All(ends.Where(e => e.Path != text), e => Assert.Equal((true, SendOutcome.Stored, null), (e.Result!.Committed, e.Result.Outcome, e.Error)));
        Assert.IsType<SendException>(ends.Single(e => e.Path == text).Error);
    }

    [Fact]
    public async Task An_archive_that_does_not_commit_stores_all_the_same()
    {
        using var archive = PacsSimulator.Start(new PacsSimulatorOptions { Faults = new SimulatorFaults { RefuseContext = new HashSet<string> { Dicom.Data.DicomUids.StorageCommitmentPushModel } } });
        var files = TestStudy.Save(TestStudy.Tiny(3), _folder["files"]);
        var request = new CommitmentRequest { Node = archive.Node, Listener = CommitmentListener.None, Retry = RetryPolicy.None };
        await foreach (var end in new CommittedSending().CommitAsync(Send(archive, files), request, _log, TestContext.Current.CancellationToken))
        {
            Assert.Equal((SendOutcome.Stored, null), (end.Result!.Outcome, end.Result.Committed));
            Assert.IsType<Dicom.Errors.NoAcceptedContextException>(end.Error);
        }

        Assert.Equal(3, archive.Instances);
    }

    private IAsyncEnumerable<SendReport> Send(PacsSimulator archive, IEnumerable<string> files)
    {
        var paths = Channel.CreateUnbounded<string>();
        foreach (var file in files)
            paths.Writer.TryWrite(file);
        paths.Writer.Complete();
        return new FileSender().SendAsync(new SendRequest { Node = archive.Node }, paths.Reader, _log, TestContext.Current.CancellationToken);
    }

    /// <summary>A Storage SCP of the process, where archives find our calling AE title.</summary>
    private sealed class ScpScope : IDisposable
    {
        private readonly Services.Storage.StorageScp _scp = Services.Storage.StorageScpRegistry.Shared.Start(new() { Port = 0, BindAddress = System.Net.IPAddress.Loopback });

        public void Dispose() => Services.Storage.StorageScpRegistry.Shared.Stop(_scp);
    }
}
