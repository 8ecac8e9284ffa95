namespace PacsTools.Services.Simulation;

/// <summary>Counts what happens in the whole simulator and says which of it a fault hits: the Nth, the 2Nth and so on. Safe for several threads.</summary>
internal sealed class EveryNth(int? n)
{
    private long _count;

    public bool Hits() => n is { } every && Interlocked.Increment(ref _count) % every == 0;
}
