using System.Diagnostics.CodeAnalysis;

namespace PacsTools.Services.Simulation;

/// <summary>A key of dates, times or moments: one value, or a range with either end open (PS3.4 C.2.2.2.5).</summary>
/// <param name="From">The beginning, or null if open.</param>
/// <param name="To">The end, or null if open.</param>
/// <param name="IsRange">False for a single value, which is both ends.</param>
internal sealed record MomentRange(Moment? From, Moment? To, bool IsRange)
{
    // Two DTs with a hyphen between them are 53 characters; padding may stand around each.
    private const int Longest = 128;

    /// <summary>Reads a key.</summary>
    /// <param name="text">The key, not empty.</param>
    /// <param name="parse">Reads one end.</param>
    /// <param name="range">The range.</param>
    /// <returns>False if it is neither a value nor a range.</returns>
    public static bool TryParse(string text, Func<string, Moment?> parse, [NotNullWhen(true)] out MomentRange? range)
    {
        range = null;
        text = text.Trim();
        if (text.Length > Longest)
            return false;
        if (parse(text) is { } single)
        {
            range = new MomentRange(single, single, false);
            return true;
        }

        // The hyphen may be the sign of a time zone as well, so each is tried.
        for (var at = text.IndexOf('-'); at >= 0; at = text.IndexOf('-', at + 1))
        {
            string left = text[..at].Trim(), right = text[(at + 1)..].Trim();
            var from = left.Length == 0 ? null : parse(left);
            var to = right.Length == 0 ? null : parse(right);
            if (from is null && left.Length > 0 || to is null && right.Length > 0 || left.Length + right.Length == 0)
                continue;
            range = new MomentRange(from, to, true);
            return true;
        }

        return false;
    }

    /// <summary>Both keys as one, if they have the same form (PS3.4 C.2.2.2.5: negotiated combined date-time matching).</summary>
    public static MomentRange? Combine(MomentRange dates, MomentRange times) =>
        dates.IsRange && times.IsRange && dates.From is null == times.From is null && dates.To is null == times.To is null
            ? new MomentRange(
                dates.From is { } from ? Moment.Combine(from, times.From!.Value) : null,
                dates.To is { } to ? Moment.Combine(to, times.To!.Value) : null,
                true)
            : null;

    /// <summary>True if a value may lie inside: what a DT leaves open is given the benefit of the doubt.</summary>
    public bool Contains(Moment value) =>
        (From is not { } from || from.FirstAgainst(value) <= value.LastAgainst(from))
        && (To is not { } to || value.FirstAgainst(to) <= to.LastAgainst(value));
}
