using PacsTools.Services.Nodes;
using PacsTools.Services.Retrieve;

namespace PacsTools.Services.Copying;

/// <summary>C-MOVE to somebody else: nothing of it comes here.</summary>
internal sealed class ThirdPartyRoad(IAssociations associations, string moveDestination) : IRetrieveRoad
{
    private readonly MoveScu _scu = new(associations);

    public string Method => "CMove";

    public string Verb => "C-MOVE";

    public async Task<RoadOutcome> RunAsync(RetrieveOperation operation, TimeSpan inactivity, int timeoutFactor, CancellationToken cancellationToken)
    {
        operation.Log.Verbose($"C-MOVE to {operation.Request.Node} with destination {moveDestination}, which is none of ours.");
        try
        {
            var outcome = await OwnThread.RunAsync(() => _scu.Move(operation, moveDestination, inactivity, timeoutFactor, cancellationToken)).ConfigureAwait(false);
            return outcome with { MoveDestination = moveDestination };
        }
        finally
        {
            operation.MoveEnded();
        }
    }
}
