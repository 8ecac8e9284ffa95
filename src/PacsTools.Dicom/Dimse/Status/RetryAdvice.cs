namespace PacsTools.Dicom.Dimse;

/// <summary>Whether the same request may succeed if sent again.</summary>
/// <param name="Times">How many more tries are worth it; 0 for never.</param>
/// <param name="Delay">How long to wait before each.</param>
public readonly record struct RetryAdvice(int Times, TimeSpan Delay)
{
    /// <summary>The same request gets the same answer.</summary>
    public static RetryAdvice Never => default;

    /// <summary>One more try after a while.</summary>
    /// <param name="delay">The while.</param>
    public static RetryAdvice Once(TimeSpan delay) => new(1, delay);

    /// <summary>Whether to try again at all.</summary>
    public bool ShouldRetry => Times > 0;
}
