using System.Threading.Channels;
using PacsTools.Dicom.Data;
using PacsTools.Services.Diagnosis;
using PacsTools.Services.Nodes;
using PacsTools.Services.Query;
using PacsTools.Services.Resilience;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Sending;
using PacsTools.Services.Storage;

namespace PacsTools.Services.Tests.Hostile;

/// <summary>One of our requestors, run against a port to its end.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Run">Runs it and returns what it failed with; null if it did not. It tries once.</param>
internal sealed record ScuOperation(string Name, Func<ScuTarget, int, Task<Exception?>> Run)
{
    public static ScuOperation Echo { get; } = new("C-ECHO", async (t, port) =>
    {
        Exception? error = null;
        await foreach (var result in new EchoScu(new DirectAssociations(t.Time), t.Time).EchoAsync(ScuTarget.Node(port)))
            error = result.Error;
        return error;
    });

    public static ScuOperation Find { get; } = new("C-FIND", async (t, port) => (await FindAsync(t, port, int.MaxValue)).Error);

    public static ScuOperation Move { get; } = new("C-MOVE", async (t, port) => (await t.Coordinator.Start(t.Retrieve(port, RetrieveMethod.CMove), t.Log, default).DrainAsync()).Error);

    public static ScuOperation Get { get; } = new("C-GET", async (t, port) => (await t.Coordinator.Start(t.Retrieve(port, RetrieveMethod.CGet), t.Log, default).DrainAsync()).Error);

    public static ScuOperation Send { get; } = SendOf(t => t.FilePath);


    public static ScuOperation Commit { get; } = new("storage commitment", async (t, port) =>
    {
        Exception? error = null;
        var request = new CommitmentRequest { Node = ScuTarget.Node(port), Listener = CommitmentListener.None, Retry = RetryPolicy.None };
        var job = new CommitmentJob(new CommitmentScu(new DirectAssociations(t.Time), new CommitmentReports(), t.Time));
        await foreach (var outcome in job.RunAsync(request, Of(new CommitmentItem(DicomTarget.CT, "1.2.3.4.5")), t.Log, default))
            error = outcome.Error;
        return error;
    });

    public static IReadOnlyList<ScuOperation> All { get; } = [Echo, Find, Move, Get, Send, Commit];

    public static ScuOperation SendOf(Func<ScuTarget, string> path) => new("C-STORE", async (t, port) =>
    {
        Exception? error = null;
        var request = new SendRequest { Node = ScuTarget.Node(port), Retry = RetryPolicy.None };
        await foreach (var report in new FileSender(new DirectAssociations(t.Time), t.Time).SendAsync(request, Of(path(t)), t.Log))
            error = report.Error;
        return error;
    });

    /// <summary>Queries, and leaves after so many matches.</summary>
    public static async Task<(int Matches, Exception? Error)> FindAsync(ScuTarget target, int port, int enough)
    {
        var identifier = new DicomDataset();
        identifier.SetString(DicomTags.QueryRetrieveLevel, "STUDY");
        identifier.SetEmpty(DicomTags.StudyInstanceUID);
        var matches = 0;
        try
        {
            await foreach (var match in new FindScu(new DirectAssociations(target.Time), target.Time).FindAsync(ScuTarget.Node(port), new FindRequest { Identifiers = [identifier], Retry = RetryPolicy.None }))
            {
                if (++matches == enough)
                    break;
            }

            return (matches, null);
        }
        catch (Exception e)
        {
            return (matches, e);
        }
    }

    internal static ChannelReader<T> Of<T>(T one)
    {
        var channel = Channel.CreateUnbounded<T>();
        channel.Writer.TryWrite(one);
        channel.Writer.Complete();
        return channel.Reader;
    }
}
