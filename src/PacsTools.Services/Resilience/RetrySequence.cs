using System.Globalization;

namespace PacsTools.Services.Resilience;

/// <summary>The tries of one operation: counts each cause and decides what comes next. Not for several threads at once.</summary>
internal sealed class RetrySequence
{
    private readonly RetryPolicy _policy;
    private readonly Dictionary<RetryCause, int> _retries = [];

    internal RetrySequence(RetryPolicy policy) => _policy = policy;

    /// <summary>The number of the current try, from 1.</summary>
    public int Try { get; private set; } = 1;

    /// <summary>How much longer than usual the current try may wait: 2 after a timeout, else 1.</summary>
    public int TimeoutFactor { get; private set; } = 1;

    /// <summary>Decides about the failed try and, if there is to be another, moves on to it.</summary>
    public RetryDecision Next(Exception error)
    {
        var cause = RetryPolicy.Classify(error);
        var retry = _retries.GetValueOrDefault(cause) + 1;
        if (retry > _policy.Limit(cause))
        {
            return RetryDecision.Stop(cause);
        }

        _retries[cause] = retry;
        Try++;
        if (cause == RetryCause.Timeout)
        {
            TimeoutFactor = 2;
        }

        return new RetryDecision(true, _policy.Delay(cause, error, retry), cause);
    }

    /// <summary>Decides, tells the log, and waits. False means that the error is to be passed on.</summary>
    /// <exception cref="OperationCanceledException">Cancelled while waiting.</exception>
    public async Task<bool> WaitForNextAsync(Exception error, string operation, IJobLog log, CancellationToken cancellationToken)
    {
        var decision = Next(error);
        if (!decision.Retry)
        {
            return false;
        }

        var seconds = decision.Delay.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        log.Verbose($"{operation}: {error.Message.TrimEnd('.')}. Try {Try} follows in {seconds} s{(decision.Cause == RetryCause.Timeout ? ", with twice the time" : "")}.");
        if (decision.Delay > TimeSpan.Zero)
        {
            await Task.Delay(decision.Delay, _policy.TimeProvider, cancellationToken).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return true;
    }
}
