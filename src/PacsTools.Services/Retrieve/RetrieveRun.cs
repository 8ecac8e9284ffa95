using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using PacsTools.Services.Storage;

namespace PacsTools.Services.Retrieve;

/// <summary>A retrieve under way: its results as they come, and the report at its end. Disposing stops it.</summary>
internal sealed class RetrieveRun : IAsyncDisposable
{
    private readonly RetrieveOperation _operation;
    private readonly CancellationTokenSource _stop;
    private int _disposed;

    internal RetrieveRun(RetrieveOperation operation, CancellationTokenSource stop, Task<DicomRetrieveReport> report)
    {
        _operation = operation;
        _stop = stop;
        Report = report;
    }

    /// <summary>
    /// The final report. What went wrong is in it; only a cancellation faults the task. It completes only while someone reads
    /// <see cref="Instances"/> or after <see cref="DrainAsync"/>: a full queue holds the archive up.
    /// </summary>
    public Task<DicomRetrieveReport> Report { get; }

    /// <summary>The results in the order of arrival; after the last one the error is thrown, if there is one. Read once; leaving early stops the retrieve.</summary>
    public IAsyncEnumerable<DicomInstanceFile> Instances => Enumerate();

    /// <summary>Reads and forgets the results, for whoever wants only the report.</summary>
    /// <param name="take">Given each result before it is forgotten.</param>
    public async Task<DicomRetrieveReport> DrainAsync(Action<DicomInstanceFile>? take = null)
    {
        try
        {
            await foreach (var file in _operation.Results.ReadAllAsync().ConfigureAwait(false))
                take?.Invoke(file);

            return await Report.ConfigureAwait(false);
        }
        finally
        {
            await DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Stops the retrieve, on the wire too, because nobody can use the rest; unlike a cancellation this ends with a report.</summary>
    /// <param name="reason">The error of that report.</param>
    public void GiveUp(Exception reason)
    {
        _operation.GivenUpFor ??= reason;
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It had ended by itself.
        }
    }

    /// <summary>Stops the retrieve if it is still going on, on the wire too, and waits for its end, which takes a second at most.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await _stop.CancelAsync().ConfigureAwait(false);
            await ((Task)Report).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _stop.Dispose();
        }

        await ((Task)Report).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async IAsyncEnumerable<DicomInstanceFile> Enumerate([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        try
        {
            await foreach (var file in _operation.Results.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return file;
            if ((await Report.ConfigureAwait(false)).Error is { } error)
                ExceptionDispatchInfo.Throw(error);
        }
        finally
        {
            await DisposeAsync().ConfigureAwait(false);
        }
    }
}
