using System.Globalization;

namespace PacsTools.Services.Retrieve;

/// <summary>
/// The expected set of one retrieve, asked for beside the archive's sending and joined at the end. Nothing waits for it while instances come.
/// Used by one retrieve; <see cref="Begin"/> may be called from any thread.
/// </summary>
internal sealed class Expectation(IExpectedSetSource query, RetrieveRequest request, TimeProvider time, CancellationToken cancellationToken) : IAsyncDisposable
{
    private readonly object _gate = new();
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private IExpectedSetSource _query = query;
    private Task<ExpectedSet>? _running;
    private CancellationTokenSource? _asking;
    private ExpectedSet _known = ExpectedSet.NotAsked;

    /// <summary>What is known now.</summary>
    public ExpectedSet Known
    {
        get
        {
            lock (_gate)
                return _running is { IsCompletedSuccessfully: true } ? _running.Result : _known;
        }
    }

    /// <summary>Starts asking, unless that is going on or has led to every name.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            if ((request.NoVerify && !request.Resume) || Known.IsNamed || _running is { IsCompleted: false } || _stop.IsCancellationRequested)
                return;
            _known = Known;
            _asking?.Dispose();
            _asking = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            var (query, token) = (_query, _asking.Token);
            _running = Task.Run(() => query.RunAsync(request, token), CancellationToken.None);
        }
    }

    /// <summary>From now on asks in another way. A question that is under way is given up; what was named already stands.</summary>
    public void AskBy(IExpectedSetSource other)
    {
        lock (_gate)
        {
            if (ReferenceEquals(other, _query) || Known.IsNamed)
                return;
            _query = other;
            _known = Known;
            _asking?.Cancel();
            _running = null;
        }
    }

    /// <summary>Waits for the answer if there was a question, at most so long; then does without.</summary>
    /// <param name="limit">The longest wait.</param>
    /// <param name="again">True to ask once more if no association could be had for it: some archives serve one at a time.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<ExpectedSet> JoinAsync(TimeSpan limit, bool again)
    {
        var known = await WaitAsync(limit).ConfigureAwait(false);
        if (!again || known is not { IsNamed: false, MayBeAskedAgain: true })
            return known;
        Begin();
        return await WaitAsync(limit).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_running is { } running)
            await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _asking?.Dispose();
        _stop.Dispose();
    }

    private async Task<ExpectedSet> WaitAsync(TimeSpan limit)
    {
        Task<ExpectedSet>? running;
        lock (_gate)
            running = _running;
        if (running is null)
            return Known;
        try
        {
            return await running.WaitAsync(limit, time, _stop.Token).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return Known with
            {
                Problem = string.Create(CultureInfo.InvariantCulture, $"the archive had not named the instances {limit.TotalSeconds:0.#} s after it ended the retrieve"),
            };
        }
    }
}
