using System.Diagnostics;

namespace PacsTools.TestKit;

/// <summary>Polls for what another process does, with a bound. For what our own code does, wait for its own signal instead.</summary>
public static class Eventually
{
    public static readonly TimeSpan DefaultBound = TimeSpan.FromSeconds(30);

    /// <summary>Returns when <paramref name="condition"/> holds; throws <see cref="TimeoutException"/> with <paramref name="what"/> if it does not in time.</summary>
    public static async Task TrueAsync(Func<Task<bool>> condition, string what, TimeSpan? bound = null, Func<string>? details = null)
    {
        TimeSpan limit = bound ?? DefaultBound;
        long start = Stopwatch.GetTimestamp();
        int pause = 2;
        while (!await condition().ConfigureAwait(false))
        {
            if (Stopwatch.GetElapsedTime(start) > limit)
                throw new TimeoutException($"Not within {limit.TotalSeconds:0.#} s: {what}. {details?.Invoke()}");
            await Task.Delay(pause).ConfigureAwait(false);
            pause = Math.Min(pause * 2, 100);
        }
    }

    /// <inheritdoc cref="TrueAsync(Func{Task{bool}}, string, TimeSpan?, Func{string})"/>
    public static Task TrueAsync(Func<bool> condition, string what, TimeSpan? bound = null, Func<string>? details = null) =>
        TrueAsync(() => Task.FromResult(condition()), what, bound, details);
}
