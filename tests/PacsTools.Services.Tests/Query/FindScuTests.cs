using Microsoft.Extensions.Time.Testing;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Nodes;
using PacsTools.Services.Query;
using PacsTools.Services.Resilience;
using PacsTools.TestKit;
using PacsTools.TestKit.Scripting;
using static PacsTools.Services.Tests.Query.FindScript;

namespace PacsTools.Services.Tests.Query;

public sealed class FindScuTests
{
    private static FindRequest Request(int queries = 1) => new()
    {
        Identifiers = [.. Enumerable.Range(0, queries).Select(i => QueryIdentifier.Build(QueryLevel.Study, [new KeyRules(TimeProvider.System).Create(AttributePath.Parse("PatientID"), $"P{i}")], [AttributePath.Parse("StudyInstanceUID")]))],
        Retry = RetryPolicy.None,
    };

    private static string? Uid(FindMatch match) => match.Dataset.GetString(DicomTags.StudyInstanceUID);

    [Fact]
    public async Task A_match_comes_out_before_the_next_is_sent()
    {
        var seen = new TaskCompletionSource();
        RawAssociate? associate = null;
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            associate = await connection.AcceptAssociationAsync();
            var query = await QueryAsync(connection);
            await PendingAsync(connection, query, "1.1");
            await seen.Task.WaitAsync(Bound);
            await PendingAsync(connection, query, "1.2", 0xFF01);
            await EndAsync(connection, query);
        });

        var matches = new List<FindMatch>();
        await foreach (var match in new FindScu(DirectAssociations.Default).FindAsync(Node(peer), Request()))
        {
            matches.Add(match);
            seen.TrySetResult();
        }

        await peer.Completion;
        Assert.Equal(["1.1", "1.2"], matches.Select(Uid));
        Assert.Equal([false, true], matches.Select(match => match.HasUnsupportedKeys));
        Assert.Equal(DicomUids.StudyRootQueryRetrieveInformationModelFind, Assert.Single(associate!.Contexts).AbstractSyntax);
        Assert.Equal("PACS", associate.CalledAETitle);
    }

    [Fact]
    public async Task Several_identifiers_go_over_one_association()
    {
        var ids = new List<string?>();
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            await connection.AcceptAssociationAsync();
            RawMessage query;
            for (var i = 0; i < 2; i++)
            {
                query = await QueryAsync(connection);
                ids.Add(Identifier(query).GetString(DicomTags.PatientID));
                await PendingAsync(connection, query, $"1.{i}");
                await FinalAsync(connection, query);
            }

            await connection.AnswerReleaseAsync();
        });

        var (matches, error) = await CollectAsync(new FindScu(DirectAssociations.Default).FindAsync(Node(peer), Request(2)));
        Assert.Null(error);
        Assert.Equal(["P0", "P1"], ids);
        Assert.Equal([0, 1], matches.Select(match => match.Identifier));
    }

    [Fact]
    public async Task Whoever_stops_early_cancels_on_the_wire_and_drains()
    {
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            var query = await BeginAsync(connection);
            await PendingAsync(connection, query, "1.1");
            await ExpectCancelAsync(connection, query);
            for (var i = 2; i < 300; i++)
            {
                await PendingAsync(connection, query, $"1.{i}");
            }

            await FinalAsync(connection, query, 0xFE00);
            await connection.AnswerReleaseAsync();
        });

        await foreach (var match in new FindScu(DirectAssociations.Default).FindAsync(Node(peer), Request()))
        {
            Assert.Equal("1.1", Uid(match));
            break;
        }

        await peer.Completion.WaitAsync(Bound);
    }

    [Fact]
    public async Task An_archive_that_ignores_the_cancel_is_aborted_after_the_grace()
    {
        var time = new FakeTimeProvider();
        var cancelled = new TaskCompletionSource();
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            var query = await BeginAsync(connection);
            await PendingAsync(connection, query, "1.1");
            await ExpectCancelAsync(connection, query);
            cancelled.SetResult();
            await connection.ExpectAsync(RawPdu.AbortPdu);
        });

        var matches = new FindScu(new DirectAssociations(time), time).FindAsync(Node(peer), Request()).GetAsyncEnumerator();
        Assert.True(await matches.MoveNextAsync());
        var disposing = matches.DisposeAsync().AsTask();
        await cancelled.Task.WaitAsync(Bound);

        // Whoever stopped does not wait as long as the archive may take.
        time.Advance(FindPump.Patience);
        await disposing.WaitAsync(Bound);
        Assert.False(peer.Completion.IsCompleted);
        Assert.InRange(FindPump.Grace, FindPump.Patience, TimeSpan.FromSeconds(1.5));
        time.Advance(FindPump.Grace - FindPump.Patience);
        await peer.Completion.WaitAsync(Bound);
    }

    [Fact]
    public async Task A_cancelled_token_cancels_on_the_wire_at_once()
    {
        using var cancel = new CancellationTokenSource();
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            var query = await BeginAsync(connection);
            await cancel.CancelAsync();
            await ExpectCancelAsync(connection, query);
            await FinalAsync(connection, query, 0xFE00);
            await connection.AnswerReleaseAsync();
        });

        var (_, error) = await CollectAsync(new FindScu(DirectAssociations.Default).FindAsync(Node(peer), Request(), cancel.Token));
        Assert.IsAssignableFrom<OperationCanceledException>(error);
        await peer.Completion.WaitAsync(Bound);
    }

    [Theory]
    [InlineData(0xA700)]
    [InlineData(0xA900)]
    [InlineData(0xC001)]
    [InlineData(0xFE00)]
    public async Task A_failure_comes_after_what_was_received_and_is_not_repeated(int status)
    {
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            var query = await BeginAsync(connection);
            await PendingAsync(connection, query, "1.1");
            await PendingAsync(connection, query, "1.2");
            var response = query.Command.Response((ushort)status)
                .Set(0x0902, "too much to ask")
                .SetBytes(0x0901, [0x10, 0x00, 0x20, 0x00]);
            await connection.SendMessageAsync(query.ContextId, response);
            await connection.AnswerReleaseAsync();
        });

        var (matches, error) = await CollectAsync(new FindScu(DirectAssociations.Default).FindAsync(Node(peer), Request() with { Retry = new RetryPolicy() }));
        Assert.Equal(["1.1", "1.2"], matches.Select(Uid));
        var failure = Assert.IsType<DimseStatusException>(error);
        Assert.Equal(status, failure.Status);
        Assert.Equal("too much to ask", failure.ErrorComment);
        Assert.Equal(["(0010,0020)"], failure.OffendingElements);
        Assert.Contains($"{status:X4}", failure.Message);
        Assert.Contains("PatientID", failure.Message);
        Assert.Contains("PACS@127.0.0.1", failure.Message);
        await peer.Completion.WaitAsync(Bound);
        Assert.Equal(1, peer.Accepted);
    }

    [Fact]
    public async Task A_warning_at_the_end_is_a_warning()
    {
        var log = new RecordingLog();
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            var query = await BeginAsync(connection);
            await PendingAsync(connection, query, "1.1");
            await FinalAsync(connection, query, 0xB000);
            await connection.AnswerReleaseAsync();
        });

        var (matches, error) = await CollectAsync(new FindScu(DirectAssociations.Default).FindAsync(Node(peer), Request() with { Log = log }));
        Assert.Null(error);
        Assert.Single(matches);
        Assert.Equal("Dimse.B000", Assert.Single(log.Warnings).Id);
    }

    [Fact]
    public async Task Out_of_resources_before_any_match_is_asked_again_after_five_seconds()
    {
        var time = new FakeTimeProvider();
        var begin = time.GetUtcNow();
        DateTimeOffset? again = null;
        await using var peer = ScriptedPeer.Listen(
            async connection =>
            {
                var query = await BeginAsync(connection);
                await FinalAsync(connection, query, 0xA700);
                await connection.AnswerReleaseAsync();
            },
            async connection =>
            {
                again = time.GetUtcNow();
                var query = await BeginAsync(connection);
                await PendingAsync(connection, query, "1.1");
                await EndAsync(connection, query);
            });

        var running = CollectAsync(new FindScu(DirectAssociations.Default, time).FindAsync(Node(peer), Request() with { Retry = new RetryPolicy(null, time) }));
        await AdvanceUntilAsync(time, TimeSpan.FromMilliseconds(500), running);
        var (matches, error) = await running;
        Assert.Null(error);
        Assert.Equal("1.1", Uid(Assert.Single(matches)));
        Assert.True(again - begin >= TimeSpan.FromSeconds(5), $"asked again after {again - begin}");
    }

    [Fact]
    public async Task Silence_is_a_timeout_tried_once_more_with_twice_the_time()
    {
        var time = new FakeTimeProvider();
        await using var peer = ScriptedPeer.Listen(Silent, Silent);
        async Task Silent(ScriptedConnection connection)
        {
            await BeginAsync(connection);
            await connection.ExpectAsync(RawPdu.AbortPdu);
        }

        var request = Request() with { Retry = new RetryPolicy(null, time), Timeout = TimeSpan.FromSeconds(3) };
        var running = CollectAsync(new FindScu(new DirectAssociations(time), time).FindAsync(Node(peer), request));
        await AdvanceUntilAsync(time, TimeSpan.FromMilliseconds(500), running);
        var (_, error) = await running;
        var timeout = Assert.IsType<DicomTimeoutException>(error);
        Assert.Equal("Find", timeout.Operation);
        Assert.Equal(TimeSpan.FromSeconds(6), timeout.Limit);
        await peer.Completion.WaitAsync(Bound);
        Assert.Equal(2, peer.Accepted);
    }

    [Fact]
    public async Task An_illegal_data_set_costs_only_itself()
    {
        byte[] truncated = [0x20, 0x00, 0x0D, 0x00, 0x04, 0x00, 0x00, 0x00, (byte)'1', (byte)'.', (byte)'2', 0, 0x20, 0x00, 0x10, 0x00, 0xFF, 0x00, 0x00, 0x00, (byte)'x'];
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            var query = await BeginAsync(connection);
            await PendingAsync(connection, query, truncated);
            await PendingAsync(connection, query, [1, 2, 3]);
            await connection.SendMessageAsync(query.ContextId, query.Command.Response(0xFF00));
            await PendingAsync(connection, query, "1.3");
            await EndAsync(connection, query);
        });

        var (matches, error) = await CollectAsync(new FindScu(DirectAssociations.Default).FindAsync(Node(peer), Request()));
        Assert.Null(error);
        Assert.Equal(["1.2", null, "1.3"], matches.Select(Uid));
        Assert.Equal([true, true, false], matches.Select(match => match.Problems.Count > 0));
    }

    [Fact]
    public async Task An_answer_to_another_message_is_passed_over()
    {
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            var query = await BeginAsync(connection);
            var late = query.Command.Response(0).Set(0x0120, (ushort)(query.Command.MessageId + 1));
            await connection.SendMessageAsync(query.ContextId, late);
            await PendingAsync(connection, query, "1.1");
            await EndAsync(connection, query);
        });

        var (matches, error) = await CollectAsync(new FindScu(DirectAssociations.Default).FindAsync(Node(peer), Request()));
        Assert.Null(error);
        Assert.Single(matches);
    }

    [Fact]
    public async Task An_archive_without_the_model_is_named_and_released()
    {
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            await connection.AcceptAssociationAsync(context => new RawContextAnswer(context.Id, 3, ""));
            await connection.AnswerReleaseAsync();
        });

        var (_, error) = await CollectAsync(new FindScu(DirectAssociations.Default).FindAsync(Node(peer), Request() with { SopClassUid = DicomUids.PatientRootQueryRetrieveInformationModelFind }));
        Assert.Equal(DicomUids.PatientRootQueryRetrieveInformationModelFind, Assert.IsType<NoAcceptedContextException>(error).AbstractSyntax);
        await peer.Completion.WaitAsync(Bound);
    }

    [Fact]
    public async Task A_release_in_the_middle_of_a_query_is_an_error()
    {
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            var query = await BeginAsync(connection);
            await PendingAsync(connection, query, "1.1");
            await connection.ReleaseAsync();
        });

        var (matches, error) = await CollectAsync(new FindScu(DirectAssociations.Default).FindAsync(Node(peer), Request()));
        Assert.Single(matches);
        Assert.Contains("released the association", Assert.IsType<AssociationAbortedException>(error).Message);
    }

    [Fact]
    public async Task A_lost_connection_before_any_match_is_tried_three_times()
    {
        var time = new FakeTimeProvider();
        await using var peer = ScriptedPeer.Listen(Lose, Lose, Lose);
        static async Task Lose(ScriptedConnection connection)
        {
            await BeginAsync(connection);
            connection.Reset();
        }

        var running = CollectAsync(new FindScu(DirectAssociations.Default, time).FindAsync(Node(peer), Request() with { Retry = new RetryPolicy(null, time) }));
        await AdvanceUntilAsync(time, TimeSpan.FromMilliseconds(500), running);
        Assert.IsType<DicomNetworkException>((await running).Error);
        Assert.Equal(3, peer.Accepted);
    }

    [Fact]
    public async Task A_slow_consumer_holds_the_archive_back()
    {
        const int Total = 3 * MatchQueue.Most;
        var sent = new TaskCompletionSource();
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            var query = await BeginAsync(connection);
            for (var i = 0; i < Total; i++)
            {
                await PendingAsync(connection, query, $"1.{i}");
            }

            sent.SetResult();
            await EndAsync(connection, query);
        });

        // All of it lies in the buffers of TCP, yet no more than agreed is taken out of them.
        await using var pump = FindPump.Start(DirectAssociations.Default, Node(peer), Request(), 1, TimeProvider.System, CancellationToken.None);
        await sent.Task.WaitAsync(Bound);
        for (var i = 0; i < Total; i++)
        {
            var ahead = Math.Min(MatchQueue.Most, Total - i);
            await Eventually.TrueAsync(() => pump.Matches.Count >= ahead, "matches kept ahead");
            Assert.Equal(ahead, pump.Matches.Count);
            Assert.True(pump.Matches.TryRead(out _));
        }

        Assert.False(await pump.Matches.WaitToReadAsync());
    }

    [Fact]
    public async Task A_permanent_rejection_is_not_tried_again()
    {
        await using var peer = ScriptedPeer.ListenForever(async connection =>
        {
            await connection.ExpectAsync(RawPdu.AssociateRq);
            await connection.SendAsync(RawPdu.Reject(1, 1, 7));
        });

        var (_, error) = await CollectAsync(new FindScu(DirectAssociations.Default).FindAsync(Node(peer), Request() with { Retry = new RetryPolicy() }));
        Assert.Equal("CalledAENotRecognized", Assert.IsType<AssociationRejectedException>(error).ReasonName);
        Assert.Equal(1, peer.Accepted);
    }

    [Fact]
    public async Task An_archive_that_never_answers_the_association_can_be_left()
    {
        using var cancel = new CancellationTokenSource();
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            await connection.ExpectAsync(RawPdu.AssociateRq);
            await cancel.CancelAsync();
            await connection.ReadToEndAsync();
        });

        var (_, error) = await CollectAsync(new FindScu(DirectAssociations.Default).FindAsync(Node(peer), Request(), cancel.Token));
        Assert.IsAssignableFrom<OperationCanceledException>(error);
        await peer.Completion.WaitAsync(Bound);
    }
}
