using System.Threading.Channels;
using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;
using PacsTools.Services.Sending;
using PacsTools.Services.Storage;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Services.Tests.Sending;

/// <summary>Scripted archives that commit, each in its own way.</summary>
public abstract class CommitmentTestBase
{
    private protected const string CT = TestStudy.CTImageStorage;
    private protected const ushort ActionRq = 0x0130, ActionRsp = 0x8130, ReportRq = 0x0100, ReportRsp = 0x8100;

    private protected RecordingLog Log { get; } = new();

    private protected CommitmentReports Reports { get; } = new();

    private protected static CommitmentItem[] Items(int count) => [.. Enumerable.Range(1, count).Select(i => new CommitmentItem(CT, $"1.2.3.{i}"))];

    private protected static CommitmentRequest To(ScriptedPeer peer, double seconds = 20) => new()
    {
        Node = new PacsNode { HostName = "127.0.0.1", Port = peer.Port, CalledAETitle = "ARCHIVE", CallingAETitle = "ASKER", Timeout = TimeSpan.FromSeconds(seconds) },
        Listener = CommitmentListener.None,
        Retry = RetryPolicy.None,
    };

    private protected async Task<List<CommitmentOutcome>> AskAsync(CommitmentRequest request, params IEnumerable<CommitmentItem> items)
    {
        var channel = Channel.CreateUnbounded<CommitmentItem>();
        foreach (var item in items)
            channel.Writer.TryWrite(item);
        channel.Writer.Complete();
        List<CommitmentOutcome> outcomes = [];
        await foreach (var outcome in new CommitmentJob(new CommitmentScu(reports: Reports)).RunAsync(request, channel.Reader, Log, TestContext.Current.CancellationToken))
            outcomes.Add(outcome);
        return outcomes;
    }

    /// <summary>Takes an association and its N-ACTION, which is not answered yet.</summary>
    private protected static async Task<RawMessage> TakeActionAsync(ScriptedConnection connection)
    {
        await connection.AcceptAssociationAsync();
        var action = await connection.ReadMessageAsync();
        Assert.Equal((ActionRq, 1, DicomUids.StorageCommitmentPushModel, DicomUids.StorageCommitmentPushModelInstance),
            (action.Command.CommandField, action.Command.GetUInt16(0x1008)!.Value, action.Command.GetText(0x0003), action.Command.GetText(0x1001)));
        return action;
    }

    private protected static Task AnswerAsync(ScriptedConnection connection, RawMessage action, ushort status = 0) =>
        connection.SendMessageAsync(action.ContextId, action.Command.Response(status));

    /// <summary>Sends a report and returns the status it is answered with.</summary>
    private protected static async Task<ushort?> ReportAsync(ScriptedConnection connection, byte context, RawDataSet report, ushort eventType = 1)
    {
        await SendReportAsync(connection, context, report, eventType);
        var answer = await connection.ReadMessageAsync();
        Assert.Equal(ReportRsp, answer.Command.CommandField);
        return answer.Command.Status;
    }

    private protected static Task SendReportAsync(ScriptedConnection connection, byte context, RawDataSet report, ushort eventType = 1) => connection.SendMessageAsync(
        context,
        RawCommand.Request(ReportRq, 7, DicomUids.StorageCommitmentPushModel, hasDataSet: true).Set(0x1000, DicomUids.StorageCommitmentPushModelInstance).Set(0x1002, eventType),
        report.ToBytes(explicitVR: false));

    /// <summary>What an archive says of the instances of a request: the failed with their reasons, the rest committed, those left out not at all.</summary>
    private protected static RawDataSet Report(RawMessage action, Func<string, ushort?>? failure = null, Func<string, bool>? mentions = null, string? transaction = null)
    {
        var request = Read(action);
        var references = request.GetItems(DicomTags.ReferencedSOPSequence)
            .Select(i => (Class: i.GetString(DicomTags.ReferencedSOPClassUID)!, Instance: i.GetString(DicomTags.ReferencedSOPInstanceUID)!))
            .Where(i => mentions?.Invoke(i.Instance) ?? true).ToList();
        var report = new RawDataSet().Text(0x00081195, "UI", transaction ?? request.GetString(DicomTags.TransactionUID)!).Text(0x00080054, "AE", "ARCHIVE");
        RawDataSet[] good = [.. references.Where(r => failure?.Invoke(r.Instance) is null).Select(r => Item(r.Class, r.Instance))];
        RawDataSet[] bad = [.. references.Where(r => failure?.Invoke(r.Instance) is not null).Select(r => Item(r.Class, r.Instance).UInt16(0x00081197, failure!(r.Instance)!.Value))];
        if (good.Length > 0)
            report.Sequence(0x00081199, explicitVR: false, good);
        if (bad.Length > 0)
            report.Sequence(0x00081198, explicitVR: false, bad);
        return report;
    }

    private protected static DicomDataset Read(RawMessage action) => PacsTools.Dicom.Encoding.DatasetReader.Read(action.DataSet, TransferSyntax.ImplicitVRLittleEndian);

    private static RawDataSet Item(string sopClass, string instance) => new RawDataSet().Text(0x00081150, "UI", sopClass).Text(0x00081155, "UI", instance);
}
