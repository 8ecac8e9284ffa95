using Microsoft.Extensions.Time.Testing;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;
using PacsTools.TestKit.Scripting;
using static PacsTools.Dicom.Tests.Network.NetworkFixtures;

namespace PacsTools.Dicom.Tests.Network;

public class AssociationTimeTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_peer_that_never_answers_the_request_times_out_and_is_aborted()
    {
        var asked = new TaskCompletionSource();
        byte[]? rest = null;
        await using var peer = ScriptedPeer.Listen(async c =>
        {
            await c.ExpectAsync(RawPdu.AssociateRq);
            asked.SetResult();
            rest = await c.ReadToEndAsync();
        });
        var request = Run(() => Association.Request(Options(peer.Port, _time)));
        await asked.Task;
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(request.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));

        var e = await Assert.ThrowsAsync<DicomTimeoutException>(() => request);
        Assert.Equal("Association", e.Operation);
        await peer.Completion;
        Assert.Equal(RawPdu.AbortPdu, rest![0]);
    }

    [Fact]
    public async Task Silence_ends_an_operation_but_every_byte_starts_the_clock_anew()
    {
        var next = new SemaphoreSlim(0);
        var received = new SemaphoreSlim(0);
        await using var peer = ScriptedPeer.Listen(async c =>
        {
            await c.AcceptAssociationAsync();
            var request = await c.ReadMessageAsync();
            for (var i = 0; i < 2; i++)
            {
                await next.WaitAsync();
                await c.SendMessageAsync(1, request.Command.Response(0xFF00));
            }

            Assert.Equal(RawPdu.AbortPdu, (await c.ReadPduAsync()).Type);
        });
        var operation = Run(() =>
        {
            using var association = Association.Request(Options(peer.Port, _time));
            using var watch = association.Watch("Find", TimeSpan.FromSeconds(10));
            association.Send(association.GetContext(DicomUids.Verification), new CEchoRequest(1).ToCommandSet());
            while (true)
            {
                association.Receive();
                received.Release();
            }
        });
        for (var i = 0; i < 2; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(9));
            next.Release();
            await received.WaitAsync(TimeSpan.FromSeconds(20));
        }

        // The reader may not be back in its wait yet, so time passes until it is.
        while (!operation.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        var e = await Assert.ThrowsAsync<DicomTimeoutException>(() => operation);
        Assert.Equal(("Find", TimeSpan.FromSeconds(10)), (e.Operation, e.Limit));
    }

    [Fact]
    public async Task Cancelling_aborts_a_waiting_call_at_once()
    {
        using var stop = new CancellationTokenSource();
        await using var peer = ScriptedPeer.Listen(async c =>
        {
            await c.AcceptAssociationAsync();
            await c.ReadMessageAsync();
            await stop.CancelAsync();
            Assert.Equal(RawPdu.AbortPdu, (await c.ReadPduAsync()).Type);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run(() =>
        {
            using var association = Association.Request(Options(peer.Port));
            using var watch = association.Watch("Echo", TimeSpan.FromSeconds(60), stop.Token);
            association.Send(association.GetContext(DicomUids.Verification), new CEchoRequest(1).ToCommandSet());
            association.Receive();
        }));
        await peer.Completion;
    }

    [Fact]
    public async Task A_graceful_stop_sends_C_CANCEL_and_aborts_only_after_the_grace()
    {
        using var stop = new CancellationTokenSource();
        var cancelled = new TaskCompletionSource();
        await using var peer = ScriptedPeer.Listen(async c =>
        {
            await c.AcceptAssociationAsync();
            await c.ReadMessageAsync();
            await stop.CancelAsync();
            var message = await c.ReadMessageAsync();
            Assert.Equal((RawCommand.CCancelRq, 7), (message.Command.CommandField, message.Command.MessageIdBeingRespondedTo));
            cancelled.SetResult();
            Assert.Equal(RawPdu.AbortPdu, (await c.ReadPduAsync()).Type);
        });
        var operation = Run(() =>
        {
            using var association = Association.Request(Options(peer.Port, _time));
            var context = association.GetContext(DicomUids.Verification);
            using var graceful = association.CancelOn(context, 7, TimeSpan.FromSeconds(2), stop.Token);
            association.Send(context, new CEchoRequest(7).ToCommandSet());
            association.Receive();
        });
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.False(operation.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(2));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => operation);
        await peer.Completion;
    }

    [Fact]
    public async Task Cancelling_while_connecting_or_negotiating_returns_at_once()
    {
        using var stop = new CancellationTokenSource();
        await using var peer = ScriptedPeer.Listen(async c =>
        {
            await c.ExpectAsync(RawPdu.AssociateRq);
            await stop.CancelAsync();
            Assert.Equal(RawPdu.AbortPdu, (await c.ReadPduAsync()).Type);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run(() => Association.Request(Options(peer.Port), stop.Token)));
        await peer.Completion;
    }
}
