using System.Collections.Concurrent;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Sending;
using PacsTools.Services.Storage;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Services.Tests.Sending;

/// <summary>Storage commitment against archives that report in every order and place the standard leaves open, and some that it does not.</summary>
public sealed class CommitmentTests : CommitmentTestBase
{
    [Fact]
    public async Task A_report_on_the_same_association_tells_of_each_instance()
    {
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            var action = await TakeActionAsync(connection);
            await AnswerAsync(connection, action);
            Assert.Equal((ushort)0, await ReportAsync(connection, action.ContextId, Report(action, uid => uid == "1.2.3.2" ? 0x0213 : null), eventType: 2));
            await connection.AnswerReleaseAsync();
        });
        var outcomes = await AskAsync(To(peer), Items(3));
        Assert.Equal([true, false, true], outcomes.Select(o => o.Result.Committed));
        Assert.Equal([null, 0x0213, null], outcomes.Select(o => (int?)o.Result.FailureReason));
        Assert.All(outcomes, o => Assert.Equal("ARCHIVE", o.Result.RetrieveAETitle));
        Assert.Single(outcomes.Select(o => o.Result.TransactionUID).Distinct());
        var error = Assert.IsType<CommitmentException>(outcomes[1].Error);
        Assert.Equal(("Commitment.0213", (ushort?)0x0213), (error.Id, error.FailureReason));
        Assert.Contains("resources", outcomes[1].Result.Reason, StringComparison.Ordinal);
        Assert.Null(outcomes[0].Error);
    }

    [Fact]
    public async Task A_report_may_overtake_the_response()
    {
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            var action = await TakeActionAsync(connection);
            Assert.Equal((ushort)0, await ReportAsync(connection, action.ContextId, Report(action)));
            await AnswerAsync(connection, action);
            await connection.AnswerReleaseAsync();
        });
        Assert.All(await AskAsync(To(peer), Items(2)), o => Assert.True(o.Result.Committed));
    }

    [Fact]
    public async Task The_report_counts_even_if_the_response_never_comes()
    {
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            var action = await TakeActionAsync(connection);
            await ReportAsync(connection, action.ContextId, Report(action));
            connection.Reset();
        });
        Assert.All(await AskAsync(To(peer), Items(2)), o => Assert.True(o.Result.Committed));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_report_comes_on_an_association_to_our_calling_title(bool afterRelease)
    {
        using var scp = StorageScpAt(out var port);
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            var action = await TakeActionAsync(connection);
            await AnswerAsync(connection, action);
            if (afterRelease)
                await connection.AnswerReleaseAsync();
            await using var back = await ScriptedConnection.ConnectAsync(port);
            // Role selection (PS3.7 D.3.3.4): the requestor wants to be SCP and not SCU.
            byte[] role = [0, (byte)DicomUids.StorageCommitmentPushModel.Length, .. System.Text.Encoding.ASCII.GetBytes(DicomUids.StorageCommitmentPushModel), 0, 1];
            var answer = await back.RequestAssociationAsync(new RawAssociate
            {
                CalledAETitle = "ASKER",
                CallingAETitle = "ARCHIVE",
                Contexts = [new RawContext(1, DicomUids.StorageCommitmentPushModel, [RawAssociate.ImplicitLittleEndian])],
                UserItems = [.. new RawAssociate().UserItems, (0x54, role)],
            });
            Assert.Equal(RawPdu.AssociateAc, answer.Type);
            Assert.Contains(RawAssociate.Parse(answer).UserItems, i => i.Type == 0x54 && i.Value.AsSpan().SequenceEqual(role));
            Assert.Equal((ushort)0, await ReportAsync(back, 1, Report(action)));
            await back.ReleaseAsync();
            if (!afterRelease)
                await connection.AnswerReleaseAsync();
        });
        var request = To(peer) with { Hold = afterRelease ? TimeSpan.FromMilliseconds(50) : TimeSpan.FromSeconds(10) };
        // The receiver of the process answers for the reports of the process.
        var outcomes = new CommitmentScu(reports: CommitmentReports.Shared).Run(request, Items(3), Log, TestContext.Current.CancellationToken);
        Assert.All(outcomes, o => Assert.True(o.Result.Committed));
    }

    [Fact]
    public async Task No_report_in_time_is_an_error_that_names_title_and_port()
    {
        using var scp = StorageScpAt(out var port);
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            await AnswerAsync(connection, await TakeActionAsync(connection));
            await connection.AnswerReleaseAsync();
        });
        var request = To(peer, 0.3);
        var choice = new StorageScpChoice(Port: port);
        request = request with { Listener = CommitmentListener.Open(StorageScpRegistry.Shared, choice, request.Node, Log) };
        var outcomes = await AskAsync(request, Items(2));
        Assert.All(outcomes, o => Assert.Null(o.Result.Committed));
        var error = Assert.IsType<CommitmentException>(outcomes[0].Error);
        Assert.Equal("Commitment.Timeout", error.Id);
        Assert.Contains($"AE ASKER at port {port}", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{port}", error.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_can_be_called_the_end_of_the_association_is_the_end_of_the_wait()
    {
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            var action = await TakeActionAsync(connection);
            await AnswerAsync(connection, action);
            await connection.SendAsync(RawPdu.Release);
            await connection.ReadToEndAsync();
        });
        var request = To(peer);
        request = request with { Listener = CommitmentListener.Without(new StorageScpRegistry()), Node = request.Node with { Timeout = TimeSpan.FromMinutes(10) } };
        var outcome = Assert.Single(await AskAsync(request, new CommitmentItem("1.2.840.10008.5.1.4.1.1.2", "1.2.3", null)).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
        Assert.Equal("Commitment.NotHeard", Assert.IsType<CommitmentException>(outcome.Error).Id);
        Assert.Null(outcome.Result.Committed);
    }

    [Fact]
    public async Task An_archive_that_aborts_may_not_know_us()
    {
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            await TakeActionAsync(connection);
            await connection.SendAsync(RawPdu.Abort());
        });
        var outcome = Assert.Single(await AskAsync(To(peer), new CommitmentItem("1.2.840.10008.5.1.4.1.1.2", "1.2.3", null)));
        var error = Assert.IsType<CommitmentException>(outcome.Error);
        Assert.Equal("Commitment.Aborted", error.Id);
        Assert.Contains("aborted", error.Message, StringComparison.Ordinal);
        Assert.Contains(To(peer).Node.CallingAETitle, error.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_that_leaves_instances_out_commits_to_the_others_only()
    {
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            var action = await TakeActionAsync(connection);
            await AnswerAsync(connection, action);
            await ReportAsync(connection, action.ContextId, Report(action, mentions: uid => uid == "1.2.3.1"));
            await ReportAsync(connection, action.ContextId, Report(action, mentions: uid => uid == "1.2.3.3"));
            await connection.AnswerReleaseAsync();
        });
        // Also where the association is the only road, and held for as long as there is something to wait for.
        var outcomes = await AskAsync(To(peer, 600) with { RestLimit = TimeSpan.FromSeconds(2) }, Items(3));
        Assert.Equal([true, null, true], outcomes.Select(o => o.Result.Committed));
        Assert.Equal("Commitment.NotReported", Assert.IsType<CommitmentException>(outcomes[1].Error).Id);
    }

    [Fact]
    public async Task A_failure_whose_reason_is_success_is_a_failure()
    {
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            var action = await TakeActionAsync(connection);
            await AnswerAsync(connection, action);
            await ReportAsync(connection, action.ContextId, Report(action, _ => 0), eventType: 2);
            await connection.AnswerReleaseAsync();
        });
        var outcome = Assert.Single(await AskAsync(To(peer), Items(1)));
        Assert.False(outcome.Result.Committed);
        Assert.Equal("Commitment.0110", Assert.IsType<CommitmentException>(outcome.Error).Id);
    }

    [Fact]
    public async Task Reports_on_other_transactions_are_refused_and_the_right_one_is_awaited()
    {
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            var action = await TakeActionAsync(connection);
            await AnswerAsync(connection, action);
            Assert.Equal((ushort)0x0110, await ReportAsync(connection, action.ContextId, Report(action, transaction: "1.2.3.4.5")));
            Assert.Equal((ushort)0x0113, await ReportAsync(connection, action.ContextId, Report(action), eventType: 9));
            Assert.Equal((ushort)0x0120, await ReportAsync(connection, action.ContextId, Report(action).Remove(0x00081195)));
            Assert.Equal((ushort)0, await ReportAsync(connection, action.ContextId, Report(action)));
            await connection.AnswerReleaseAsync();
        });
        Assert.All(await AskAsync(To(peer), Items(2)), o => Assert.True(o.Result.Committed));
    }

    [Fact]
    public async Task A_refused_request_is_an_error_of_each_instance()
    {
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            await AnswerAsync(connection, await TakeActionAsync(connection), 0x0112);
            await connection.AnswerReleaseAsync();
        });
        var outcomes = await AskAsync(To(peer), Items(2));
        Assert.All(outcomes, o => Assert.Equal(0x0112, Assert.IsType<DimseStatusException>(o.Error).Status));
        Assert.All(outcomes, o => Assert.Null(o.Result.Committed));
        Assert.All(outcomes, o => Assert.Equal(o.Error!.Message, o.Result.Reason));
    }

    [Fact]
    public async Task An_archive_without_the_service_says_so()
    {
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            await connection.AcceptAssociationAsync(c => new RawContextAnswer(c.Id, 3, c.TransferSyntaxes[0]));
            await connection.AnswerReleaseAsync();
        });
        Assert.IsType<NoAcceptedContextException>(Assert.Single(await AskAsync(To(peer), Items(1))).Error);
    }

    [Fact]
    public async Task Many_instances_are_asked_about_in_batches_each_once()
    {
        ConcurrentQueue<int> sizes = [];
        await using var peer = ScriptedPeer.ListenForever(async connection =>
        {
            var action = await TakeActionAsync(connection);
            sizes.Enqueue(Read(action).GetItems(DicomTags.ReferencedSOPSequence).Count);
            await AnswerAsync(connection, action);
            await ReportAsync(connection, action.ContextId, Report(action));
            await connection.AnswerReleaseAsync();
        });
        CommitmentItem[] items = [.. Items(25), new(CT, "1.2.3.25", "again.dcm")];
        var outcomes = await AskAsync(To(peer) with { BatchSize = 10 }, items);
        Assert.Equal([5, 10, 10], sizes.Order());
        Assert.Equal(26, outcomes.Count(o => o.Result.Committed == true));
        Assert.Single(outcomes, o => o.Result.Path == "again.dcm");
        Assert.Equal(3, outcomes.Select(o => o.Result.TransactionUID).Distinct().Count());
    }

    [Fact]
    public async Task A_lost_connection_is_tried_again_under_another_transaction()
    {
        ConcurrentQueue<string> transactions = [];
        await using var peer = ScriptedPeer.Listen(
            async connection =>
            {
                transactions.Enqueue(Read(await TakeActionAsync(connection)).GetString(DicomTags.TransactionUID)!);
                connection.Reset();
            },
            async connection =>
            {
                var action = await TakeActionAsync(connection);
                transactions.Enqueue(Read(action).GetString(DicomTags.TransactionUID)!);
                await AnswerAsync(connection, action);
                // The answer to the first try, which had been taken after all.
                await ReportAsync(connection, action.ContextId, Report(action, transaction: transactions.First()));
                await connection.AnswerReleaseAsync();
            });
        var outcomes = await AskAsync(To(peer) with { Retry = new(1, random: () => 0) }, Items(2));
        Assert.Equal(2, transactions.Distinct().Count());
        Assert.All(outcomes, o => Assert.Equal((true, transactions.First()), (o.Result.Committed, o.Result.TransactionUID)));
    }

    [Fact]
    public async Task Whoever_stops_waiting_need_not_wait()
    {
        var accepted = new TaskCompletionSource();
        await using var peer = ScriptedPeer.ListenForever(async connection =>
        {
            await AnswerAsync(connection, await TakeActionAsync(connection));
            accepted.TrySetResult();
            await connection.ReadToEndAsync();
        });
        using var stop = new CancellationTokenSource();
        var waiting = Task.Run(() => new CommitmentScu(reports: Reports).Run(To(peer, 600), Items(1), Log, stop.Token).ToList(), TestContext.Current.CancellationToken);
        await accepted.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    private static Scope StorageScpAt(out int port)
    {
        var scp = StorageScpRegistry.Shared.Start(new StorageScpOptions { Port = 0, BindAddress = System.Net.IPAddress.Loopback });
        port = scp.Port;
        return new Scope(() => StorageScpRegistry.Shared.Stop(scp));
    }
}
