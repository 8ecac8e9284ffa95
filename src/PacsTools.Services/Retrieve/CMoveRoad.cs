using PacsTools.Services.Nodes;
using PacsTools.Services.Storage;

namespace PacsTools.Services.Retrieve;

/// <summary>C-MOVE to a Storage SCP of this process.</summary>
internal sealed class CMoveRoad(StorageScpRegistry scps, IAssociations associations, TimeProvider time) : IRetrieveRoad
{
    private readonly MoveScu _scu = new(associations);
    private readonly ArrivalDrain _drain = new(time);

    public string Method => "CMove";

    public string Verb => "C-MOVE";

    public async Task<RoadOutcome> RunAsync(RetrieveOperation operation, TimeSpan inactivity, int timeoutFactor, CancellationToken cancellationToken)
    {
        var request = operation.Request;
        var scp = scps.Choose(request.Scp, request.Node, operation.Log);
        using var title = CallingAETitles.Use(request.Node.CallingAETitle);
        using var log = scp.AttachLog(operation.Log);
        using var subscription = scp.Subscribe(operation);
        operation.Log.Verbose($"C-MOVE to {request.Node} with destination {scp.AETitle}.");
        try
        {
            // The pump blocks; it gets a thread of its own.
            var outcome = await Task.Factory.StartNew(
                () => _scu.Move(operation, scp.AETitle, inactivity, timeoutFactor, cancellationToken),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default).ConfigureAwait(false);
            operation.MoveEnded();
            await _drain.WaitAsync(operation, Delivered(outcome), inactivity * timeoutFactor, cancellationToken).ConfigureAwait(false);
            return outcome with
            {
                MoveDestination = $"{scp.AETitle} as this host, port {scp.Port}",
                StoppedScp = scp.State == StorageScpState.Running ? null : scp.ToString(),
            };
        }
        finally
        {
            operation.MoveEnded();
        }
    }

    // A failure without counters delivered nothing; success without counters does not say.
    private static int? Delivered(RoadOutcome outcome) => outcome.Counts.Delivered ?? (outcome.Status == 0 ? null : 0);
}
