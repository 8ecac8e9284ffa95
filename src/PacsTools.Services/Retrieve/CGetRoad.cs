using PacsTools.Services.Nodes;

namespace PacsTools.Services.Retrieve;

/// <summary>C-GET: instances come back on the association of the request, so that no Storage SCP, no open port and no entry in the archive's table is needed.</summary>
internal sealed class CGetRoad(IAssociations associations) : IRetrieveRoad
{
    // The classes to negotiate are best known beforehand, but an archive slow to answer queries must not hold up the instances.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly GetScu _scu = new(associations);

    public string Method => "CGet";

    public string Verb => "C-GET";

    public async Task<RoadOutcome> RunAsync(RetrieveOperation operation, TimeSpan inactivity, int timeoutFactor, CancellationToken cancellationToken)
    {
        operation.NoteAsked();
        var set = operation.Expectation is { } expectation ? await expectation.JoinAsync(s_patience, again: false).ConfigureAwait(false) : ExpectedSet.NotAsked;
        var contexts = StorageContexts.For(set);
        operation.Log.Verbose($"C-GET from {operation.Request.Node} with {contexts.Count} storage contexts.");
        try
        {
            // The pump blocks; it gets a thread of its own.
            return await Task.Factory.StartNew(
                () => _scu.Get(operation, contexts, inactivity, timeoutFactor, cancellationToken),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default).ConfigureAwait(false);
        }
        finally
        {
            operation.MoveEnded();
        }
    }
}
