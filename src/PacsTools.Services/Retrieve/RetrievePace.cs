using System.Globalization;

namespace PacsTools.Services.Retrieve;

/// <summary>How far a retrieve is, in words: instances, rate, and the time left if it goes on so.</summary>
internal static class RetrievePace
{
    // Before that a rate says nothing.
    private static readonly TimeSpan s_settled = TimeSpan.FromSeconds(1);

    /// <param name="present">Instances here.</param>
    /// <param name="existing">Those of them that lay here before.</param>
    /// <param name="total">Instances expected; null while that is not known.</param>
    /// <param name="bytes">Bytes received.</param>
    /// <param name="elapsed">Since the start.</param>
    public static string Describe(int present, int existing, int? total, long bytes, TimeSpan elapsed)
    {
        var text = total is > 0 ? string.Create(CultureInfo.InvariantCulture, $"{present} of {total} instances") : string.Create(CultureInfo.InvariantCulture, $"{present} instances");
        var fresh = present - existing;
        if (fresh <= 0 || elapsed < s_settled)
            return text;
        if (bytes > 0)
            text += string.Create(CultureInfo.InvariantCulture, $", {bytes / elapsed.TotalSeconds / 1_000_000:0.0} MB/s");
        if (total is not { } all || all <= present)
            return text;
        var left = TimeSpan.FromSeconds(Math.Min(elapsed.TotalSeconds / fresh * (all - present), TimeSpan.FromDays(30).TotalSeconds));
        return text + (left.TotalHours >= 1 ? string.Create(CultureInfo.InvariantCulture, $", {left.TotalHours:0.0} h left")
            : left.TotalMinutes >= 2 ? string.Create(CultureInfo.InvariantCulture, $", {left.TotalMinutes:0} min left")
            : string.Create(CultureInfo.InvariantCulture, $", {left.TotalSeconds:0} s left"));
    }
}
