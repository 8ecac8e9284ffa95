namespace PacsTools.Services.Retrieve;

/// <summary>Waits after the final response of a C-MOVE for what is still on its way, and no longer.</summary>
internal sealed class ArrivalDrain(TimeProvider time)
{
    /// <summary>How long to wait for instances the archive says it delivered, with no association of theirs open.</summary>
    internal static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    /// <summary>How long an open storage association may be silent; there are peers that never release.</summary>
    internal static readonly TimeSpan OpenQuiet = TimeSpan.FromSeconds(30);

    // Bounds of our own tidying up, on the system's clock: no timeout of the protocol.
    private static readonly TimeSpan s_dropGrace = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_abortGrace = TimeSpan.FromSeconds(1);

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
                await IdleWithinAsync(operation, s_abortGrace).ConfigureAwait(false);
                return;
            }

            await changed.WaitAsync(left, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>
    /// Ends the receiving side: what is on its way in is dropped as soon as bytes come, associations on which none come are aborted. Returns
    /// within about a second, and where nothing is on its way at once.
    /// </summary>
    /// <param name="operation">The operation.</param>
    /// <param name="closeAssociations">True to end associations that lie idle too: nobody will need them.</param>
    public static async Task EndAsync(RetrieveOperation operation, bool closeAssociations)
    {
        operation.Stop();
        if (await IdleWithinAsync(operation, s_dropGrace, closeAssociations).ConfigureAwait(false))
            return;
        operation.AbortAssociations();
        await IdleWithinAsync(operation, s_abortGrace, closeAssociations).ConfigureAwait(false);
    }

    private static bool IsDone(ArrivalState state, int? delivered)
    {
        if (state.InFlight > 0)
            return false;
        return delivered is { } told ? state.Arrived >= told : state.Arrived > 0 && state.OpenAssociations == 0;
    }

    private static async Task<bool> IdleWithinAsync(RetrieveOperation operation, TimeSpan limit, bool closed = false)
    {
        if (IsIdle(operation.Observe(out var changed), closed))
            return true;
        using var timeout = new CancellationTokenSource(limit);
        while (!timeout.IsCancellationRequested)
        {
            await changed.WaitAsync(timeout.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (IsIdle(operation.Observe(out changed), closed))
                return true;
        }

        return false;
    }

    private static bool IsIdle(ArrivalState state, bool closed) => state.InFlight == 0 && (!closed || state.OpenAssociations == 0);
}
