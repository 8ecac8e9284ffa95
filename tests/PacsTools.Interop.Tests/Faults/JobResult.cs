namespace PacsTools.Interop.Tests.Faults;

/// <summary>How a job ended, as it says itself.</summary>
/// <param name="Reached">Instances, matches or answers it says it has.</param>
/// <param name="Of">How many there are.</param>
/// <param name="Error">What it says went wrong; null if nothing.</param>
internal sealed record JobResult(int Reached, int Of, Exception? Error)
{
    /// <summary>True if it says that all went well.</summary>
    public bool IsWhole => Error is null && Reached == Of;
}
