using Microsoft.Extensions.Time.Testing;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Diagnosis;
using PacsTools.Services.Nodes;
using PacsTools.Services.Tests.Query;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Services.Tests.Diagnosis;

public sealed class EchoScuTests
{
    private static async Task<List<EchoResult>> EchoAsync(ScriptedPeer peer, int count = 1, TimeSpan delay = default, TimeProvider? time = null)
    {
        var (results, error) = await FindScript.CollectAsync(new EchoScu(new DirectAssociations(time), time).EchoAsync(FindScript.Node(peer), count, delay));
        Assert.Null(error);
        return results;
    }

    private static async Task AnswerAsync(ScriptedConnection connection, ushort status = 0)
    {
        var echo = await connection.ReadMessageAsync();
        Assert.Equal(RawCommand.CEchoRq, echo.Command.CommandField);
        await connection.SendMessageAsync(echo.ContextId, echo.Command.Response(status));
    }

    [Fact]
    public async Task Several_echoes_go_over_one_association()
    {
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            await connection.AcceptAssociationAsync(maxPduLength: 28672);
            for (var i = 0; i < 3; i++)
            {
                await AnswerAsync(connection);
            }

            await connection.AnswerReleaseAsync();
        });

        var results = await EchoAsync(peer, 3);
        Assert.Equal(3, results.Count);
        Assert.All(results, result =>
        {
            Assert.True(result.Success);
            Assert.Equal((ushort)0, result.Status);
            Assert.True(result.RoundtripTime > 0);
            Assert.True(result.AssociationTime > 0);
            Assert.Equal("SCRIPT_1", result.ImplementationVersionName);
            Assert.Equal("1.2.826.0.1.3680043.10.1", result.ImplementationClassUID);
            Assert.Equal(28672u, result.MaxPduLength);
            Assert.Null(result.Error);
        });
        Assert.Equal(1, peer.Accepted);
    }

    [Fact]
    public async Task A_status_is_a_failed_result_and_the_next_echo_goes_out()
    {
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            await connection.AcceptAssociationAsync();
            await AnswerAsync(connection, 0x0122);
            await AnswerAsync(connection);
            await connection.AnswerReleaseAsync();
        });

        var results = await EchoAsync(peer, 2);
        Assert.Equal([false, true], results.Select(result => result.Success));
        Assert.Equal((ushort)0x0122, results[0].Status);
        Assert.IsType<DimseStatusException>(results[0].Error);
    }

    [Fact]
    public async Task A_rejection_is_a_result_and_is_not_tried_again()
    {
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            await connection.ExpectAsync(RawPdu.AssociateRq);
            await connection.SendAsync(RawPdu.Reject(2, 3, 1));
        });

        var result = Assert.Single(await EchoAsync(peer, 3));
        Assert.False(result.Success);
        Assert.Null(result.Status);
        Assert.Null(result.AssociationTime);
        Assert.True(Assert.IsType<AssociationRejectedException>(result.Error).IsTransient);
        Assert.Equal(1, peer.Accepted);
    }

    [Fact]
    public async Task A_refused_context_is_a_result_and_the_association_is_released()
    {
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            await connection.AcceptAssociationAsync(context => new RawContextAnswer(context.Id, 3, ""));
            await connection.AnswerReleaseAsync();
        });

        var result = Assert.Single(await EchoAsync(peer));
        Assert.IsType<NoAcceptedContextException>(result.Error);
        Assert.NotNull(result.AssociationTime);
    }

    [Fact]
    public async Task Silence_is_a_timeout()
    {
        var time = new FakeTimeProvider();
        var asked = new TaskCompletionSource();
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            await connection.AcceptAssociationAsync();
            await connection.ReadMessageAsync();
            asked.SetResult();
            await connection.ExpectAsync(RawPdu.AbortPdu);
        });

        var running = EchoAsync(peer, time: time);
        await asked.Task.WaitAsync(FindScript.Bound);
        await FindScript.AdvanceUntilAsync(time, TimeSpan.FromSeconds(1), running);

        Assert.Equal("Echo", Assert.IsType<DicomTimeoutException>(Assert.Single(await running).Error).Operation);
    }

    [Fact]
    public async Task An_answer_to_another_message_aborts()
    {
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            await connection.AcceptAssociationAsync();
            var echo = await connection.ReadMessageAsync();
            await connection.SendMessageAsync(echo.ContextId, echo.Command.Response(0).Set(0x0120, 4711));
            await connection.ExpectAsync(RawPdu.AbortPdu);
        });

        Assert.IsType<DicomProtocolException>(Assert.Single(await EchoAsync(peer)).Error);
    }

    [Fact]
    public async Task Cancelling_aborts_the_association()
    {
        using var cancel = new CancellationTokenSource();
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            await connection.AcceptAssociationAsync();
            await connection.ReadMessageAsync();
            await cancel.CancelAsync();
            await connection.ExpectAsync(RawPdu.AbortPdu);
        });

        var (_, error) = await FindScript.CollectAsync(new EchoScu().EchoAsync(FindScript.Node(peer), cancellationToken: cancel.Token));
        Assert.IsAssignableFrom<OperationCanceledException>(error);
        await peer.Completion.WaitAsync(FindScript.Bound);
    }

    [Fact]
    public async Task Delays_follow_the_clock()
    {
        var time = new FakeTimeProvider();
        var times = new List<DateTimeOffset>();
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            await connection.AcceptAssociationAsync();
            for (var i = 0; i < 3; i++)
            {
                await AnswerAsync(connection);
                times.Add(time.GetUtcNow());
            }

            await connection.AnswerReleaseAsync();
        });

        var running = EchoAsync(peer, 3, TimeSpan.FromSeconds(2), time);
        await FindScript.AdvanceUntilAsync(time, TimeSpan.FromMilliseconds(100), running);

        Assert.Equal(3, (await running).Count);
        Assert.True(times[1] - times[0] >= TimeSpan.FromSeconds(1.9), $"{times[1] - times[0]}");
        Assert.True(times[2] - times[1] >= TimeSpan.FromSeconds(1.9), $"{times[2] - times[1]}");
    }
}
