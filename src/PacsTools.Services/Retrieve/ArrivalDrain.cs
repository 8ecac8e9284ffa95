namespace PacsTools.Services.Retrieve;

/// <summary>Waits after the final response of a C-MOVE for what is still on its way, and no longer.</summary>
internal sealed class ArrivalDrain(TimeProvider time)
{
    /// <summary>How long to wait for instances the archive says it delivered, with no association of theirs open.</summary>
    internal static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    /// <summary>How long an open storage association may be silent; there are peers that never release.</summary>
    internal static readonly TimeSpan OpenQuiet = TimeSpan.FromSeconds(30);

    /// <summary>How long storage associations get to finish when the operation is cancelled.</summary>
    internal static readonly TimeSpan CancelGrace = TimeSpan.FromMilliseconds(300);

    /// <param name="operation">The operation.</param>
    /// <param name="delivered">Instances the archive says it delivered; null if it does not say.</param>
    /// <param name="inFlightLimit">The longest silence within an instance.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task WaitAsync(RetrieveOperation operation, int? delivered, TimeSpan inFlightLimit, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var state = operation.Observe(out var changed);
            if (IsDone(state, delivered))
                return;
            var limit = state.InFlight > 0 ? inFlightLimit : state.OpenAssociations > 0 ? OpenQuiet : Quiet;
            var left = limit - time.GetElapsedTime(Math.Max(started, state.LastActivity));
            if (left <= TimeSpan.Zero)
            {
                if (state.InFlight == 0)
                    return;
                operation.AbortAssociations();
                await SettleAsync(operation).ConfigureAwait(false);
                return;
            }

            await changed.WaitAsync(left, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>After a cancellation: lets what is on its way in be dropped, ends the associations that do not come to it, and returns in a bounded time.</summary>
    public async Task CancelAsync(RetrieveOperation operation)
    {
        operation.Stop();
        if (!await IdleWithinAsync(operation, CancelGrace).ConfigureAwait(false))
            operation.AbortAssociations();
        await SettleAsync(operation).ConfigureAwait(false);
    }

    private static bool IsDone(ArrivalState state, int? delivered)
    {
        if (state.InFlight > 0)
            return false;
        return delivered is { } told ? state.Arrived >= told : state.Arrived > 0 && state.OpenAssociations == 0;
    }

    private async Task SettleAsync(RetrieveOperation operation) => await IdleWithinAsync(operation, CancelGrace * 2).ConfigureAwait(false);

    private async Task<bool> IdleWithinAsync(RetrieveOperation operation, TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit, time);
        while (operation.Observe(out var changed).InFlight > 0)
        {
            await changed.WaitAsync(timeout.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (timeout.IsCancellationRequested)
                return operation.Observe(out _).InFlight == 0;
        }

        return true;
    }
}
