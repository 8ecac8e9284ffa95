using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Web;

namespace PacsTools.Services.Resilience;

/// <summary>The one table of what is tried again, how often and when.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>network error, transient</term><description>three tries in all, exponential backoff with jitter</description></item>
/// <item><term>association rejected, transient</term><description>as a network error</description></item>
/// <item><term>association rejected, permanent</term><description>never</description></item>
/// <item><term>timeout</term><description>once, with twice the time</description></item>
/// <item><term>a status the table of <see cref="DimseStatus"/> says so of (A700 and its like, out of resources)</term><description>once, after 5 s</description></item>
/// <item><term>HTTP 408, 429, 500, 502, 503, 504</term><description>as a network error, not before the server's Retry-After; never if that is more than two minutes</description></item>
/// <item><term>everything else (aborts, protocol errors, other statuses, cancellation)</term><description>never</description></item>
/// </list>
/// </remarks>
internal sealed class RetryPolicy
{
    public const int NetworkRetries = 2;
    public static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait a server may ask for; one that wants more is not waited for.</summary>
    public static readonly TimeSpan MaxRetryAfter = TimeSpan.FromMinutes(2);

    private readonly Func<double> _random;

    /// <param name="retries">
    /// Most retries the user wants: null for the table's numbers, 0 for none. A larger number applies to network errors;
    /// what the table tries once more is never tried more often than that.
    /// </param>
    /// <param name="timeProvider">The clock the delays run on.</param>
    /// <param name="random">Numbers in [0, 1) for the jitter.</param>
    public RetryPolicy(int? retries = null, TimeProvider? timeProvider = null, Func<double>? random = null)
    {
        if (retries < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(retries), "The number of retries cannot be negative.");
        }

        Retries = retries;
        TimeProvider = timeProvider ?? TimeProvider.System;
        _random = random ?? Random.Shared.NextDouble;
    }

    /// <summary>For jobs that must never try again: diagnosis above all.</summary>
    public static RetryPolicy None { get; } = new(0);

    public int? Retries { get; }

    public TimeProvider TimeProvider { get; }

    /// <summary>The memory of one operation: each operation starts its own.</summary>
    public RetrySequence Start() => new(this);

    public static RetryCause Classify(Exception error) => error switch
    {
        DicomNetworkException network => network.IsTransient ? RetryCause.Network : RetryCause.Final,
        AssociationRejectedException rejected => rejected.IsTransient ? RetryCause.Network : RetryCause.Final,
        DicomTimeoutException => RetryCause.Timeout,
        DicomWebException web => web.IsTransient && !(web.RetryAfter > MaxRetryAfter) ? RetryCause.Network : RetryCause.Final,
        DimseStatusException status => Advice(status).ShouldRetry ? RetryCause.Busy : RetryCause.Final,
        _ => RetryCause.Final,
    };

    internal int Limit(RetryCause cause) => cause switch
    {
        RetryCause.Network => Retries ?? NetworkRetries,
        RetryCause.Timeout or RetryCause.Busy => Math.Min(Retries ?? 1, 1),
        _ => 0,
    };

    /// <param name="cause">Why the last try failed.</param>
    /// <param name="error">The failure itself.</param>
    /// <param name="retry">1 for the first retry of that cause.</param>
    internal TimeSpan Delay(RetryCause cause, Exception error, int retry) => cause switch
    {
        RetryCause.Network => Longer(Backoff(retry), (error as DicomWebException)?.RetryAfter),
        RetryCause.Busy => Advice((DimseStatusException)error).Delay,
        _ => TimeSpan.Zero,
    };

    private static TimeSpan Longer(TimeSpan backoff, TimeSpan? asked) => asked > backoff ? asked.Value : backoff;

    // Jitter of a quarter either way: many clients of one archive must not come back in step.
    private TimeSpan Backoff(int retry) => FirstBackoff * Math.Pow(2, Math.Min(retry - 1, 5)) * (0.75 + (0.5 * _random()));

    // What a refusal for want of resources asks of the requestor is the same in every service.
    private static RetryAdvice Advice(DimseStatusException error) => DimseStatus.Lookup(DimseService.Any, error.Status).Retry;
}
