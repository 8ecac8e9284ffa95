using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Diagnosis;
using PacsTools.Services.Nodes;
using PacsTools.Services.Storage;
using PacsTools.Services.Tests.Query;
using PacsTools.TestKit.Processes;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Services.Tests.Diagnosis;

/// <summary>Nodes that are broken in every way there is: the diagnosis ends on the right rung and names the cause.</summary>
public sealed class BrokenNodeTests
{
    // Flows to the scripts of the test that set it.
    private static readonly AsyncLocal<TaskCompletionSource?> s_stalled = new();
    private static readonly byte[] s_tlsAlert = [0x15, 3, 1, 0, 2, 2, 40];

    // Row: what the peer does; the rung on which it ends; the error; words of the advice; whether the rungs after it are climbed too.
    private static readonly Dictionary<string, Row> s_rows = new()
    {
        ["an HTTP server that answers"] = new(DiagnosisStage.Associate, "DicomProtocolException", "HTTP server", async c =>
        {
            await c.ExpectAsync(RawPdu.AssociateRq);
            await c.SendAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
        }),
        ["an HTTP server that waits for more"] = new(DiagnosisStage.Associate, "DicomTimeoutException", "HTTP server", SilenceAsync, CloseAsync, c => c.SendAsync("HTTP/1.0 200 OK\r\n\r\n"u8.ToArray())),
        ["an HTTP server that hangs up"] = new(DiagnosisStage.Associate, "DicomNetworkException", "HTTP server", RequestAsync, CloseAsync, c => c.SendAsync("HTTP/1.0 200 OK\r\n\r\n"u8.ToArray())),
        ["an SSH server"] = new(DiagnosisStage.Associate, "DicomProtocolException", "DICOM port", c => c.SendAsync("SSH-2.0-OpenSSH_9\r\n"u8.ToArray())),
        ["TLS that alerts"] = new(DiagnosisStage.Associate, "DicomProtocolException", "TLS is expected", async c =>
        {
            await c.ExpectAsync(RawPdu.AssociateRq);
            await c.SendAsync(s_tlsAlert);
        }),
        ["TLS that hangs up on plain bytes"] = new(DiagnosisStage.Associate, "DicomNetworkException", "TLS is expected", RequestAsync, c => c.SendAsync(s_tlsAlert)),
        ["TLS that waits for a handshake"] = new(DiagnosisStage.Associate, "DicomTimeoutException", "TLS is expected", SilenceAsync, c => c.SendAsync(s_tlsAlert)),
        ["another called AE title"] = Rejecting(1, 1, 7, "is not called PACS"),
        ["an unknown calling AE title"] = Rejecting(1, 1, 3, "does not know the calling AE RIS_CONNECTOR (rejected permanent, source user, reason 3): ask for it to be added"),
        ["a rejection without a reason"] = Rejecting(1, 1, 1, "does not say why"),
        ["another application context"] = Rejecting(1, 1, 2, "another kind of DICOM"),
        ["another protocol version"] = Rejecting(1, 2, 2, "another kind of DICOM"),
        ["congestion"] = Rejecting(2, 3, 1, "(rejected transient, source provider, reason 1): try again later"),
        ["too many associations"] = Rejecting(2, 3, 2, "no association to spare"),
        ["a rejection for now"] = Rejecting(2, 1, 1, "does not want us now"),
        ["a close at once"] = new(DiagnosisStage.Associate, "DicomNetworkException", "hangs up without an answer", CloseAsync, CloseAsync, CloseAsync),
        ["a close after the request"] = new(DiagnosisStage.Associate, "DicomNetworkException", "hangs up without an answer", RequestAsync, CloseAsync, CloseAsync),
        ["a reset after the request"] = new(DiagnosisStage.Associate, "DicomNetworkException", "hangs up without an answer", async c =>
        {
            await c.ExpectAsync(RawPdu.AssociateRq);
            c.Reset();
        }, CloseAsync, CloseAsync),
        ["silence after connecting"] = new(DiagnosisStage.Associate, "DicomTimeoutException", "never answers", SilenceAsync, CloseAsync, CloseAsync),
        ["an abort instead of an answer"] = new(DiagnosisStage.Associate, "AssociationAbortedException", "ended the association itself", async c =>
        {
            await c.ExpectAsync(RawPdu.AssociateRq);
            await c.SendAsync(RawPdu.Abort(2, 0));
        }),
        ["rubbish"] = new(DiagnosisStage.Associate, "DicomProtocolException", "breaks the protocol", async c =>
        {
            await c.ExpectAsync(RawPdu.AssociateRq);
            await c.SendAsync(new byte[] { 0x99, 0, 0, 0, 0, 4, 1, 2, 3, 4 });
        }),
        ["no common context"] = new(DiagnosisStage.Associate, "NoAcceptedContextException", "neither C-ECHO nor C-FIND", async c =>
        {
            await c.AcceptAssociationAsync(context => new RawContextAnswer(context.Id, 3, ""));
            await c.AnswerReleaseAsync();
        }),
        ["no C-ECHO"] = new(DiagnosisStage.Echo, "NoAcceptedContextException", "does not offer C-ECHO to RIS_CONNECTOR", async c =>
        {
            await c.AcceptAssociationAsync(context => context.Id == 1 ? new RawContextAnswer(1, 1, "") : RawAssociate.Accept(context));
            await AnswerFindAsync(c);
        }) { GoesOn = true },
        ["no C-FIND"] = new(DiagnosisStage.Find, "NoAcceptedContextException", "does not offer C-FIND in the Study Root model", async c =>
        {
            await c.AcceptAssociationAsync(context => context.Id == 3 ? new RawContextAnswer(3, 3, "") : RawAssociate.Accept(context));
            await AnswerEchoAsync(c);
            await c.AnswerReleaseAsync();
        }),
        ["a C-ECHO that is never answered"] = new(DiagnosisStage.Echo, "DicomTimeoutException", "kept silent", async c =>
        {
            await c.AcceptAssociationAsync();
            await c.ReadMessageAsync();
            await StallAsync(c);
        }),
        ["an abort after a C-ECHO"] = new(DiagnosisStage.Echo, "AssociationAbortedException", "its log says why", async c =>
        {
            await c.AcceptAssociationAsync();
            await c.ReadMessageAsync();
            await c.SendAsync(RawPdu.Abort(0, 0));
        }),
        ["a close after a C-ECHO"] = new(DiagnosisStage.Echo, "DicomNetworkException", "hung up in the middle", async c =>
        {
            await c.AcceptAssociationAsync();
            await c.ReadMessageAsync();
        }),
        ["a status for a C-ECHO"] = new(DiagnosisStage.Echo, "DimseStatusException", "status 0122", async c =>
        {
            await c.AcceptAssociationAsync();
            await AnswerEchoAsync(c, 0x0122);
            await AnswerFindAsync(c);
        }) { GoesOn = true },
        ["a C-FIND that is never answered"] = new(DiagnosisStage.Find, "DicomTimeoutException", "kept silent", async c =>
        {
            await EchoedAsync(c);
            await StallAsync(c);
        }),
        ["an abort after a C-FIND"] = new(DiagnosisStage.Find, "AssociationAbortedException", "RIS_CONNECTOR may do less", async c =>
        {
            await EchoedAsync(c);
            await c.SendAsync(RawPdu.Abort(0, 0));
        }),
        ["a close after a C-FIND"] = new(DiagnosisStage.Find, "DicomNetworkException", "hung up in the middle", async c => await EchoedAsync(c)),
        ["a status for a C-FIND"] = new(DiagnosisStage.Find, "DimseStatusException", "status A700", async c =>
        {
            var query = await EchoedAsync(c);
            await FindScript.FinalAsync(c, query, 0xA700);
            await c.AnswerReleaseAsync();
        }),
        ["an archive that ignores keys"] = new(DiagnosisStage.Find, "DiagnosisException", "Do not rely on filters", async c =>
        {
            var query = await EchoedAsync(c);
            await FindScript.PendingAsync(c, query, "1.2.3");
            await FindScript.ExpectCancelAsync(c, query);
            await FindScript.FinalAsync(c, query, 0xFE00);
            await c.AnswerReleaseAsync();
        }),
    };

    public static TheoryData<string> Names => new(s_rows.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_right_rung_and_cause_are_named(string name)
    {
        var row = s_rows[name];
        var time = new FakeTimeProvider();
        var stalled = s_stalled.Value = new TaskCompletionSource();
        await using var peer = ScriptedPeer.Listen(row.Scripts);

        var rungs = await ClimbAsync(FindScript.Node(peer), time, row.Error == "DicomTimeoutException" ? stalled.Task : null);

        var failed = Assert.Single(rungs, r => !r.Success);
        Assert.Equal(row.Stage, failed.Stage);
        Assert.Equal(row.Error, failed.Error!.GetType().Name);
        Assert.Contains(row.Advice, failed.Advice);
        Assert.False(string.IsNullOrEmpty(failed.Detail));
        Assert.Equal(row.GoesOn, rungs[^1] != failed);
        Assert.Equal(rungs.Select(r => r.Stage).Order(), rungs.Select(r => r.Stage));
        Assert.All(rungs.Where(r => r.Success), r => Assert.Null(r.Error));
    }

    [Fact]
    public async Task A_closed_port_ends_at_connect()
    {
        var rungs = await ClimbAsync(PacsNode.Parse($"PACS@127.0.0.1:{LoopbackPort.Closed()}"), TimeProvider.System);

        Assert.Equal([DiagnosisStage.Resolve, DiagnosisStage.Connect], rungs.Select(r => r.Stage));
        Assert.Equal(NetworkFailure.ConnectionRefused, Assert.IsType<DicomNetworkException>(rungs[^1].Error).Failure);
        Assert.Contains("nothing listens on port", rungs[^1].Advice);
    }

    [Fact]
    public async Task A_filtered_port_ends_at_connect()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("Only Linux drops connection requests that find the queue of a listener full.");
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        var port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        // Whoever comes when the queue is full hears nothing, as behind a firewall that drops packets.
        Socket[] crowd = [.. Enumerable.Range(0, 3).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))];
        Task[] coming = [.. crowd.Select(s => s.ConnectAsync(IPAddress.Loopback, port))];
        await coming[0];
        var time = new FakeTimeProvider();
        var climbing = ClimbAsync(PacsNode.Parse($"PACS@127.0.0.1:{port}"), time);
        await FindScript.AdvanceUntilAsync(time, TimeSpan.FromSeconds(10), climbing);

        var rungs = await climbing;

        Assert.Equal([DiagnosisStage.Resolve, DiagnosisStage.Connect], rungs.Select(r => r.Stage));
        Assert.Equal("Connect", Assert.IsType<DicomTimeoutException>(rungs[^1].Error).Operation);
        Assert.Contains("a firewall drops the packets", rungs[^1].Advice);
        foreach (var socket in crowd)
            socket.Dispose();
    }

    [Fact]
    public async Task An_unknown_name_ends_at_resolve()
    {
        var rungs = await ClimbAsync(PacsNode.Parse("PACS@no-such-host.invalid:104"), TimeProvider.System);

        Assert.Equal(DiagnosisStage.Resolve, Assert.Single(rungs).Stage);
        Assert.Contains("is not known here", rungs[0].Advice);
    }

    [Fact]
    public async Task A_whole_node_holds_on_every_rung()
    {
        await using var peer = ScriptedPeer.Listen(async c =>
        {
            await c.AcceptAssociationAsync();
            await AnswerEchoAsync(c);
            await AnswerFindAsync(c);
        });

        var rungs = await ClimbAsync(FindScript.Node(peer), TimeProvider.System);

        Assert.Equal([DiagnosisStage.Resolve, DiagnosisStage.Connect, DiagnosisStage.Associate, DiagnosisStage.Echo, DiagnosisStage.Find], rungs.Select(r => r.Stage));
        Assert.All(rungs, r => Assert.True(r is { Success: true, Advice: null, Error: null }, r.Detail));
        Assert.All(rungs, r => Assert.True(r.Duration > TimeSpan.Zero));
        Assert.Equal(1, peer.Accepted);
    }

    [Theory]
    [InlineData(DiagnosisStage.Resolve, 1, 0)]
    [InlineData(DiagnosisStage.Connect, 2, 1)]
    [InlineData(DiagnosisStage.Associate, 3, 1)]
    [InlineData(DiagnosisStage.Echo, 4, 1)]
    public async Task Nothing_above_the_rung_asked_for_is_tried(DiagnosisStage last, int rungs, int connections)
    {
        await using var peer = ScriptedPeer.Listen(async c =>
        {
            if (last == DiagnosisStage.Connect)
            {
                Assert.Empty(await c.ReadToEndAsync());
                return;
            }

            await c.AcceptAssociationAsync();
            if (last == DiagnosisStage.Echo)
                await AnswerEchoAsync(c);
            await c.AnswerReleaseAsync();
        });

        var found = await ClimbAsync(FindScript.Node(peer), TimeProvider.System, last: last);

        Assert.Equal(rungs, found.Count);
        Assert.All(found, r => Assert.True(r.Success));
        if (connections > 0)
            await peer.Completion.WaitAsync(FindScript.Bound);
        Assert.Equal(connections, peer.Accepted);
    }

    private static async Task<List<DiagnosisRung>> ClimbAsync(PacsNode node, TimeProvider time, Task? stalled = null, DiagnosisStage last = DiagnosisStage.Find)
    {
        var climbing = Task.Run(async () =>
        {
            var (rungs, error) = await FindScript.CollectAsync(new NodeDiagnosis(timeProvider: time).ClimbAsync(node, last, new MoveProbeRequest(null, StorageScpChoice.Default), NoJobLog.Instance));
            Assert.Null(error);
            return rungs;
        });
        if (stalled is not null)
        {
            await stalled.WaitAsync(FindScript.Bound);
            await FindScript.AdvanceUntilAsync((FakeTimeProvider)time, TimeSpan.FromSeconds(20), climbing);
        }

        return await climbing;
    }

    private static Row Rejecting(byte result, byte source, byte reason, string advice) => new(DiagnosisStage.Associate, "AssociationRejectedException", advice, async c =>
    {
        await c.ExpectAsync(RawPdu.AssociateRq);
        await c.SendAsync(RawPdu.Reject(result, source, reason));
    });

    private static Task CloseAsync(ScriptedConnection connection) => Task.CompletedTask;

    private static Task RequestAsync(ScriptedConnection connection) => connection.ExpectAsync(RawPdu.AssociateRq);

    private static async Task SilenceAsync(ScriptedConnection connection)
    {
        await RequestAsync(connection);
        await StallAsync(connection);
    }

    // From here on only the clock can end it.
    private static Task StallAsync(ScriptedConnection connection)
    {
        s_stalled.Value!.TrySetResult();
        return connection.ReadToEndAsync();
    }

    private static async Task AnswerEchoAsync(ScriptedConnection connection, ushort status = 0)
    {
        var echo = await connection.ReadMessageAsync();
        await connection.SendMessageAsync(echo.ContextId, echo.Command.Response(status));
    }

    private static async Task AnswerFindAsync(ScriptedConnection connection) => await FindScript.EndAsync(connection, await FindScript.QueryAsync(connection));

    private static async Task<RawMessage> EchoedAsync(ScriptedConnection connection)
    {
        await connection.AcceptAssociationAsync();
        await AnswerEchoAsync(connection);
        return await FindScript.QueryAsync(connection);
    }

    private sealed record Row(DiagnosisStage Stage, string Error, string Advice, params Func<ScriptedConnection, Task>[] Scripts)
    {
        public bool GoesOn { get; init; }
    }
}
