namespace PacsTools.Services.Simulation.Web;

/// <summary>What every match and every instance of an answer, and the answer itself where it has none, passes: here it is delayed, withheld or broken off.</summary>
internal sealed class WebGate(SimulatorState state, FaultyOperation operation, HttpWire wire)
{
    private int _passed;

    private bool IsConcerned => state.Budget.Concerns(operation);

    /// <summary>True if a fault that is set hits now, for it is meant for this operation and there are some left.</summary>
    public bool IsHit() => IsConcerned && state.Budget.Take();

    /// <summary>Lets the next one pass.</summary>
    /// <param name="flush">Sends what was let pass before: a client is to see it.</param>
    /// <exception cref="IOException">It does not pass: the connection ends.</exception>
    public void Pass(Action? flush = null)
    {
        var faults = state.Faults;
        if (!IsConcerned)
            return;
        var passed = _passed++;
        if (faults.Delay > TimeSpan.Zero)
        {
            flush?.Invoke();
            Delay(faults.Delay);
        }

        if (passed >= faults.AbortAfter && IsHit())
        {
            flush?.Invoke();
            throw new IOException("broken off, as the fault has it");
        }

        if (passed >= faults.StallAfter && IsHit())
            Stall(flush);
    }

    /// <summary>Called before an answer is ended.</summary>
    /// <exception cref="IOException">It is not to be.</exception>
    public void PassEnd(Action flush)
    {
        if (state.Faults.LoseFinalResponse && IsHit())
            Stall(flush);
    }

    private void Stall(Action? flush)
    {
        flush?.Invoke();
        state.Journal?.NoteSilent(1);
        state.Journal?.NoteBusy(-1);
        try
        {
            wire.WaitForClientToGo();
        }
        finally
        {
            state.Journal?.NoteBusy(1);
            state.Journal?.NoteSilent(-1);
        }

        throw new IOException("stalled, as the fault has it, until the client went");
    }

    private void Delay(TimeSpan delay)
    {
        try
        {
            Task.Delay(delay, state.Time, state.Stopping).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException e)
        {
            throw new IOException("the simulator stops", e);
        }
    }
}
