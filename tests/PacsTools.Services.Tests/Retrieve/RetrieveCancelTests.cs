using PacsTools.Services.Copying;
using PacsTools.Services.Nodes;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Simulation;
using PacsTools.Services.Storage;
using PacsTools.Services.Tests.Storage;
using PacsTools.TestKit;
using PacsTools.TestKit.Data;

namespace PacsTools.Services.Tests.Retrieve;

/// <summary>Whoever stops a retrieve has it stopped on the wire, soon, and nothing half done stays.</summary>
public sealed class RetrieveCancelTests : RetrieveTestBase
{
    [Fact]
    public async Task Cancelling_sends_a_C_CANCEL_and_ends()
    {
        var instances = Instances(3);
        using var cancel = new CancellationTokenSource();
        var cancelled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var archive = new FakeArchive(move =>
        {
            move.Store(Scp.Port, instances.Take(1));
            move.Pending(2, 1);
            cancelled.SetResult(move.ReceiveCancel());
            move.Final(0xFE00, completed: 1);
        });
        var run = Start(Request(archive, instances), cancel.Token);
        await using var files = run.Instances.GetAsyncEnumerator();
        Assert.True(await files.MoveNextAsync());
        await cancel.CancelAsync();
        Assert.True(await cancelled.Task.WaitAsync(Bound));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            while (await files.MoveNextAsync())
            {
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Report.WaitAsync(Bound));
        AssertHere([instances[0]]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancelling_leaves_no_association_open_not_even_an_idle_one(bool toSomebodyElse)
    {
        using var archive = new SimulatedArchive(Scp, new SimulatorFaults { StallAfter = 3, Only = [FaultyOperation.All.Single(o => o.Name == "Move")] });
        var pool = new AssociationPool(DirectAssociations.Default);
        var request = new RetrieveRequest { Node = archive.Node, StudyInstanceUID = archive.StudyInstanceUID, Destination = Folder["out"], Method = RetrieveMethod.CMove, Scp = new StorageScpChoice(Scp) };
        using var cancel = new CancellationTokenSource();
        var job = toSomebodyElse
            ? new StudyCopier(pool, new StorageScpRegistry()).CopyAsync(new CopyRequest { Source = request, DestinationAETitle = Scp.AETitle }, Log, cancel.Token)
            : new RetrieveCoordinator(pool, Scps).Start(request, Log, cancel.Token).DrainAsync();
        // One waits for the C-MOVE; another has named the instances and lies idle.
        await Eventually.TrueAsync(() => pool.Open == 2, "both associations are open");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => job.WaitAsync(Bound));
        Assert.Equal(0, pool.Open);
    }

    [Fact]
    public async Task Leaving_the_results_early_sends_a_C_CANCEL()
    {
        var instances = Instances(1);
        var cancelled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var archive = new FakeArchive(move =>
        {
            move.Store(Scp.Port, instances);
            cancelled.SetResult(move.ReceiveCancel());
            move.Final(0xFE00, completed: 1);
        });
        await foreach (var _ in Start(Request(archive, instances)).Instances)
            break;
        Assert.True(await cancelled.Task.WaitAsync(Bound));
    }

    [Fact]
    public async Task An_archive_deaf_to_C_CANCEL_is_aborted_after_the_grace()
    {
        var instances = Instances(1);
        using var cancel = new CancellationTokenSource();
        var ended = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var archive = new FakeArchive(move =>
        {
            move.Store(Scp.Port, instances);
            try
            {
                // Reads the C-CANCEL and goes on listening, without ever answering.
                while (move.Association.Receive() is not null)
                {
                }
            }
            catch (Exception e)
            {
                ended.SetResult(e);
            }
        });
        var run = Start(Request(archive, instances), cancel.Token);
        await using var files = run.Instances.GetAsyncEnumerator();
        Assert.True(await files.MoveNextAsync());
        await cancel.CancelAsync();
        await Pass(ended.Task);
        Assert.IsType<Dicom.Errors.AssociationAbortedException>(await ended.Task);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Report.WaitAsync(Bound));
    }

    [Fact]
    public async Task A_half_received_instance_is_gone_when_the_cancelled_retrieve_has_ended()
    {
        var instance = TestStudy.CreateOne(new TestStudyOptions());
        using var cancel = new CancellationTokenSource();
        using var letGo = new ManualResetEvent(false);
        using var archive = new FakeArchive(move =>
        {
            using var client = StoreClient.Open(Scp.Port, instance);
            try
            {
                client.SendAndStall(instance, 300_000, letGo);
            }
            catch (Dicom.Errors.DicomException)
            {
                // The storage association is aborted: nobody wants the instance any more.
            }
        });
        var run = Start(Request(archive, [instance]), cancel.Token);
        await Eventually.TrueAsync(() => Files().Any(f => f.EndsWith(".part", StringComparison.Ordinal)), "the part file appears");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Pass(run.Report));
        Assert.Empty(Files());
        letGo.Set();
    }

    [Fact]
    public async Task A_cancelled_retrieve_takes_nothing_more()
    {
        var instances = Instances(2);
        using var cancel = new CancellationTokenSource();
        var statuses = new TaskCompletionSource<List<ushort>>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var archive = new FakeArchive(move =>
        {
            move.Store(Scp.Port, instances.Take(1));
            move.ReceiveCancel();
            move.Final(0xFE00, completed: 1);
            // Beside, so that the association of the C-MOVE can be released.
            _ = Task.Run(() =>
            {
                if (SpinWait.SpinUntil(() => Scp.Subscriptions.IsEmpty, Bound))
                    statuses.SetResult(move.Store(Scp.Port, instances.Skip(1)));
            });
        });
        var run = Start(Request(archive, instances), cancel.Token);
        await using (var files = run.Instances.GetAsyncEnumerator())
        {
            Assert.True(await files.MoveNextAsync());
            await cancel.CancelAsync();
            Assert.Equal([(ushort)0x0124], await statuses.Task.WaitAsync(Bound));
        }

        AssertHere([instances[0]]);
    }

    [Fact]
    public async Task A_slow_consumer_slows_the_archive_and_loses_nothing()
    {
        var instances = Instances(20);
        var stored = 0;
        using var archive = new FakeArchive(move =>
        {
            move.Store(Scp.Port, instances, n => Volatile.Write(ref stored, n));
            move.Final(0, completed: 20);
        });
        var run = Start(Request(archive, instances) with { QueueLength = 2 });
        await using var files = run.Instances.GetAsyncEnumerator();
        Assert.True(await files.MoveNextAsync());
        // Two in the queue and one at the door: the archive waits for the answer to the fourth.
        await Eventually.TrueAsync(() => Files().Count == 4, "the queue fills");
        Assert.InRange(Volatile.Read(ref stored), 2, 3);
        Assert.Equal(4, Files().Count);
        var count = 1;
        while (await files.MoveNextAsync())
            count++;
        Assert.Equal(20, count);
    }

    [Fact]
    public async Task Cancelling_while_the_queue_is_full_ends_too()
    {
        var instances = Instances(10);
        using var cancel = new CancellationTokenSource();
        using var archive = new FakeArchive(move =>
        {
            try
            {
                move.Store(Scp.Port, instances);
            }
            catch (Dicom.Errors.DicomException)
            {
            }

            move.ReceiveCancel();
            move.Final(0xFE00, completed: 3);
        });
        var run = Start(Request(archive, instances) with { QueueLength = 1 }, cancel.Token);
        await Eventually.TrueAsync(() => Files().Count == 2, "the queue fills");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Report.WaitAsync(Bound));
        Assert.DoesNotContain(Files(), f => f.EndsWith(".part", StringComparison.Ordinal));
    }
}
