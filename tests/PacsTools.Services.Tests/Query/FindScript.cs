using Microsoft.Extensions.Time.Testing;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Services.Nodes;
using PacsTools.TestKit;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Services.Tests.Query;

/// <summary>An archive in a script's hands: the C-FIND side of a <see cref="ScriptedConnection"/>.</summary>
internal static class FindScript
{
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    public static PacsNode Node(ScriptedPeer peer) => PacsNode.Parse($"PACS@{peer.HostName}:{peer.Port}");

    /// <summary>Takes the association and the query.</summary>
    public static async Task<RawMessage> BeginAsync(ScriptedConnection connection)
    {
        await connection.AcceptAssociationAsync();
        return await QueryAsync(connection);
    }

    public static async Task<RawMessage> QueryAsync(ScriptedConnection connection)
    {
        var query = await connection.ReadMessageAsync();
        Assert.Equal(RawCommand.CFindRq, query.Command.CommandField);
        return query;
    }

    /// <summary>The C-CANCEL of a query.</summary>
    public static async Task ExpectCancelAsync(ScriptedConnection connection, RawMessage query)
    {
        var cancel = await connection.ReadMessageAsync();
        Assert.Equal(RawCommand.CCancelRq, cancel.Command.CommandField);
        Assert.Equal(query.Command.MessageId, cancel.Command.MessageIdBeingRespondedTo);
    }

    public static DicomDataset Identifier(RawMessage query) => DatasetReader.Read(query.DataSet, TransferSyntax.ImplicitVRLittleEndian);

    /// <summary>A pending response for a study.</summary>
    public static Task PendingAsync(ScriptedConnection connection, RawMessage query, string studyInstanceUid, ushort status = 0xFF00, Action<DicomDataset>? change = null)
    {
        var dataset = new DicomDataset();
        foreach (var element in Identifier(query))
        {
            dataset.SetEmpty(element.Tag, DicomVR.LO);
        }

        dataset.SetString(DicomTags.QueryRetrieveLevel, DicomVR.CS, "STUDY");
        dataset.SetString(DicomTags.StudyInstanceUID, DicomVR.UI, studyInstanceUid);
        change?.Invoke(dataset);
        return PendingAsync(connection, query, DatasetWriter.Write(dataset, TransferSyntax.ImplicitVRLittleEndian), status);
    }

    public static Task PendingAsync(ScriptedConnection connection, RawMessage query, byte[] dataset, ushort status = 0xFF00) =>
        connection.SendMessageAsync(query.ContextId, query.Command.Response(status, hasDataSet: true), dataset);

    public static Task FinalAsync(ScriptedConnection connection, RawMessage query, ushort status = 0) =>
        connection.SendMessageAsync(query.ContextId, query.Command.Response(status));

    /// <summary>Success, then the release.</summary>
    public static async Task EndAsync(ScriptedConnection connection, RawMessage query)
    {
        await FinalAsync(connection, query);
        await connection.AnswerReleaseAsync();
    }

    /// <summary>Everything a sequence yields, and what it throws, if it throws.</summary>
    public static async Task<(List<T> Items, Exception? Error)> CollectAsync<T>(IAsyncEnumerable<T> source)
    {
        var items = new List<T>();
        try
        {
            await foreach (var item in source)
            {
                items.Add(item);
            }
        }
        catch (Exception e)
        {
            return (items, e);
        }

        return (items, null);
    }

    /// <summary>Moves the clock until the task has ended. The other side works in real time, so the steps are small against every bound in play.</summary>
    public static Task AdvanceUntilAsync(FakeTimeProvider time, TimeSpan step, Task task) => Eventually.TrueAsync(
        () =>
        {
            time.Advance(step);
            return task.IsCompleted;
        },
        "the end of what waits for the clock");
}
