namespace PacsTools.Services.Resilience;

/// <summary>Running an operation under a <see cref="RetryPolicy"/>.</summary>
internal static class RetryPolicyExtensions
{
    /// <summary>Runs the operation until it succeeds or the table says stop; the last error comes out unchanged.</summary>
    /// <param name="policy">The table.</param>
    /// <param name="name">The operation in words, for the log.</param>
    /// <param name="operation">One try; it is given the sequence for its number and its <see cref="RetrySequence.TimeoutFactor"/>.</param>
    /// <param name="log">Told of every retry, in verbose.</param>
    /// <param name="cancellationToken">Ends the waiting too.</param>
    /// <param name="mayRetry">What only the operation knows: false stops although the table would go on.</param>
    public static async Task<T> RunAsync<T>(
        this RetryPolicy policy,
        string name,
        Func<RetrySequence, CancellationToken, Task<T>> operation,
        IJobLog log,
        CancellationToken cancellationToken,
        Func<Exception, bool>? mayRetry = null)
    {
        var sequence = policy.Start();
        while (true)
        {
            try
            {
                return await operation(sequence, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException && (mayRetry?.Invoke(e) ?? true))
            {
                if (!await sequence.WaitForNextAsync(e, name, log, cancellationToken).ConfigureAwait(false))
                {
                    throw;
                }
            }
        }
    }
}
