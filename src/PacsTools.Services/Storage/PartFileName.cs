using System.Globalization;
using System.Text.RegularExpressions;

namespace PacsTools.Services.Storage;

/// <summary>The names of files that are being received.</summary>
internal static partial class PartFileName
{
    /// <summary>What all of them end with.</summary>
    public const string Extension = ".part";

    private static long s_counter;

    public static string Next() => string.Create(CultureInfo.InvariantCulture, $"~{ProcessMark.Own}-{Interlocked.Increment(ref s_counter):x}{Extension}");

    /// <summary>True if a file of that name was left behind: the process that began it has gone.</summary>
    public static bool IsLeftover(string name) => Form().Match(name) is { Success: true } match && ProcessMark.IsOfDead(match);

    [GeneratedRegex("^~" + ProcessMark.Pattern + "-[0-9a-f]{1,16}\\.part$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
