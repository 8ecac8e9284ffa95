namespace PacsTools.Services.Resilience;

/// <summary>What to do after a failed try.</summary>
/// <param name="Retry">False to give up and pass the error on.</param>
/// <param name="Delay">How long to wait before the next try.</param>
/// <param name="Cause">The kind of failure the decision was made for.</param>
internal readonly record struct RetryDecision(bool Retry, TimeSpan Delay, RetryCause Cause)
{
    public static RetryDecision Stop(RetryCause cause) => new(false, TimeSpan.Zero, cause);
}
