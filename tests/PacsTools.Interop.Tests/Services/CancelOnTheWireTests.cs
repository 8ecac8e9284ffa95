using PacsTools.Services.Nodes;
using PacsTools.Services.Query;
using PacsTools.Services.Retrieve;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Interop.Tests.Services;

/// <summary>What an archive sees, byte by byte, when the user has had enough.</summary>
public sealed class CancelOnTheWireTests
{
    private const ushort Pending = 0xFF00;
    private const ushort Cancelled = 0xFE00;

    [Fact]
    public async Task Leaving_a_query_sends_C_CANCEL_drains_and_releases()
    {
        await using ScriptedPeer archive = ScriptedPeer.Listen(async connection =>
        {
            await connection.AcceptAssociationAsync();
            RawMessage find = await connection.ReadMessageAsync();
            Assert.Equal(RawCommand.CFindRq, find.Command.CommandField);
            await connection.SendMessageAsync(find.ContextId, find.Command.Response(Pending, hasDataSet: true), Match(1));
            RawMessage cancel = await connection.ReadMessageAsync();
            Assert.Equal(RawCommand.CCancelRq, cancel.Command.CommandField);
            Assert.Equal(find.Command.MessageId, cancel.Command.MessageIdBeingRespondedTo);
            Assert.Equal(find.ContextId, cancel.ContextId);
            // What was already on its way, and then the final response, with a data set that does not belong there: Orthanc sends one.
            await connection.SendMessageAsync(find.ContextId, find.Command.Response(Pending, hasDataSet: true), Match(2));
            await connection.SendMessageAsync(find.ContextId, find.Command.Response(Cancelled, hasDataSet: true), Match(3));
            await connection.AnswerReleaseAsync();
        });
        await foreach (DicomStudy study in new QueryFinder(new FindScu(DirectAssociations.Default)).FindAsync(Node(archive), new StudyQuery { PatientID = "P*" }, new RecordingLog()))
        {
            Assert.Equal("1.2.1", study.StudyInstanceUID);
            break;
        }
        await archive.Completion;
    }

    [Fact]
    public async Task Cancelling_a_retrieve_sends_C_CANCEL_for_its_C_MOVE()
    {
        using var receiver = new Receiver();
        var sent = new TaskCompletionSource();
        await using ScriptedPeer archive = ScriptedPeer.Listen(async connection =>
        {
            await connection.AcceptAssociationAsync();
            RawMessage move = await connection.ReadMessageAsync();
            Assert.Equal(RawCommand.CMoveRq, move.Command.CommandField);
            Assert.Equal(receiver.Scp.AETitle, move.Command.MoveDestination);
            await connection.SendMessageAsync(move.ContextId, move.Command.Response(Pending).WithCounters(9, 1, 0, 0));
            sent.SetResult();
            RawMessage cancel = await connection.ReadMessageAsync();
            Assert.Equal(RawCommand.CCancelRq, cancel.Command.CommandField);
            Assert.Equal(move.Command.MessageId, cancel.Command.MessageIdBeingRespondedTo);
            await connection.SendMessageAsync(move.ContextId, move.Command.Response(Cancelled).WithCounters(9, 1, 0, 0));
            await connection.AnswerReleaseAsync();
        });
        using var cancel = new CancellationTokenSource();
        await using RetrieveRun run = receiver.Start(Node(archive), "1.2.3", cancellationToken: cancel.Token);
        await sent.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Report);
        await archive.Completion;
    }

    private static PacsNode Node(ScriptedPeer peer) => new() { HostName = peer.HostName, Port = peer.Port };

    private static byte[] Match(int number) => new RawDataSet()
        .Text(0x00080052, "CS", "STUDY")
        .Text(0x00100020, "LO", $"P{number}")
        .Text(0x0020000D, "UI", $"1.2.{number}")
        .ToBytes(explicitVR: false);
}
