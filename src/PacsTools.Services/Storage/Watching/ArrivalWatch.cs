using System.Globalization;
using System.Runtime.CompilerServices;

namespace PacsTools.Services.Storage;

/// <summary>
/// Looks on while Storage SCPs receive. It takes note at once and in bounded memory, whatever the reader does: a slow reader delays no sender,
/// and what there was no room for is counted and told.
/// </summary>
internal abstract class ArrivalWatch(TimeProvider time) : IArrivalObserver, IDisposable
{
    private readonly List<IDisposable> _watched = [];
    private readonly object _gate = new();
    private int _running;

    protected TimeProvider Time => time;

    /// <summary>True once every Storage SCP that is watched has been stopped.</summary>
    protected bool AllStopped
    {
        get
        {
            lock (_gate)
                return _running == 0;
        }
    }

    /// <summary>Arrivals that wait to be read.</summary>
    protected abstract int Waiting { get; }

    /// <summary>Begins to look at Storage SCPs, once.</summary>
    /// <param name="scps">All that are to be watched: the watch is over when the last of them has been stopped.</param>
    public void Watch(IReadOnlyCollection<StorageScp> scps)
    {
        // One that has been stopped says so at once, and must not be taken for the last.
        lock (_gate)
            _running += scps.Count;
        foreach (var scp in scps)
            _watched.Add(scp.Arrivals.Watch(this));
    }

    /// <summary>Everything that arrives, until the bounds are reached or every Storage SCP has been stopped.</summary>
    /// <param name="count">Ends after so many that hold something kept; null for no end.</param>
    /// <param name="timeout">Ends after so long; null for no end. Fewer than <paramref name="count"/> by then are an error, told last.</param>
    /// <param name="cancellationToken">Ends it without a word.</param>
    public async IAsyncEnumerable<WatchEvent> ReadAsync(int? count, TimeSpan? timeout, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout ?? Timeout.InfiniteTimeSpan, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var seen = 0;
        int? last = null;
        while (count is null || seen < count)
        {
            // What had arrived when the time was over is still told, but not what goes on arriving.
            if (limit.IsCancellationRequested)
                last = last is null ? Waiting : last - 1;
            if (last is <= 0)
                break;
            object? next = null;
            try
            {
                next = await NextAsync(either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                break;
            }

            if (Overflow() is { } overflow)
                yield return overflow;
            if (next is null)
                break;
            yield return new WatchEvent(next);
            if (Fault(next) is { } fault)
                yield return fault;
            if (HoldsSomething(next))
                seen++;
        }

        if (Overflow() is { } more)
            yield return more;
        if (count is { } wanted && seen < wanted)
            yield return TooFew(wanted, seen, limit.IsCancellationRequested);
        else if (limit.IsCancellationRequested && Unfinished is > 0 and var unfinished)
            yield return WatchEvent.Of("StorageScp.WatchTimeout", Text($"The time is over while {unfinished} studies have not fallen silent yet."), UnfinishedAdvice);
    }

    public abstract void OnBegin(string? studyInstanceUid);

    public abstract void OnEnd(string? studyInstanceUid, DicomInstanceFile? file, string sopInstanceUid);

    public void OnStopped(StorageScp scp)
    {
        bool all;
        lock (_gate)
            all = --_running == 0;
        if (all)
            Finish();
    }

    public void Dispose()
    {
        foreach (var watched in _watched)
            watched.Dispose();
    }

    /// <summary>The next arrival; null if none can come any more. One that waits is given out even where the token is cancelled.</summary>
    protected abstract Task<object?> NextAsync(CancellationToken cancellationToken);

    /// <summary>Nothing more comes.</summary>
    protected abstract void Finish();

    /// <summary>What there was no room for since the last call; null if there was room.</summary>
    protected abstract WatchEvent? Overflow();

    /// <summary>What is wrong with an arrival; null if nothing is.</summary>
    protected abstract WatchEvent? Fault(object arrival);

    /// <summary>True if anything of it was kept.</summary>
    protected abstract bool HoldsSomething(object arrival);

    /// <summary>What has begun to arrive and is not complete.</summary>
    protected virtual int Unfinished => 0;

    protected abstract string Noun { get; }

    protected static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private const string UnfinishedAdvice = "Their files are kept. Watch longer (-TimeoutSeconds) or for a shorter silence (-StudyQuietSeconds).";

    private WatchEvent TooFew(int wanted, int seen, bool isTimeout)
    {
        var begun = Unfinished is > 0 and var unfinished ? Text($"; {unfinished} more had begun to arrive") : "";
        return isTimeout
            ? WatchEvent.Of("StorageScp.WatchTimeout", Text($"The time is over and {seen} of {wanted} {Noun} have arrived{begun}."), "Check that the sender sends to this AE title, host and port; Get-StorageScp counts what was refused.")
            : WatchEvent.Of("StorageScp.WatchStopped", Text($"The Storage SCP was stopped when {seen} of {wanted} {Noun} had arrived{begun}."), "Start it again with Start-StorageScp.");
    }
}
