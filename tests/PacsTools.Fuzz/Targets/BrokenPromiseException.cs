namespace PacsTools.Fuzz.Targets;

/// <summary>The code under test did not throw, but what it made is not what it promises.</summary>
internal sealed class BrokenPromiseException(string promise, string? details = null) : Exception(details is null ? promise : $"{promise}: {details}")
{
    /// <summary>What should hold; the same for all inputs that break it.</summary>
    internal string Promise => promise;
}
