using System.Text.RegularExpressions;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Query;

namespace PacsTools.Module.Tests.Help;

/// <summary>Every error id the sources can give, found in them: literal ids, and families whose second word is computed.</summary>
internal static partial class ErrorIds
{
    // What the second word of each family can be. A family that is not here fails the tests.
    private static readonly Dictionary<string, Func<IEnumerable<string>>> Families = new()
    {
        ["AssociationRejected"] = RejectReasons,
        ["Timeout"] = TimeoutOperations,
        // A certificate for TLS has ids of its own, and a port that is taken is one of a Storage SCP.
        ["Network"] = () => Enum.GetNames<NetworkFailure>().Except([nameof(NetworkFailure.Tls), nameof(NetworkFailure.PortInUse)]),
        ["Tls"] = Enum.GetNames<TlsFailure>,
        // A listener knows no other failures.
        ["Simulator"] = () => [nameof(NetworkFailure.PortInUse), nameof(NetworkFailure.Other)],
        ["Query"] = () => [nameof(DicomQuery.MaxResults), nameof(DicomQuery.PageSize)],
        // Those of the table of status codes, which the topic is made from.
        ["Dimse"] = () => [],
        ["Commitment"] = () => [],
    };

    private static readonly Lazy<string> Sources = new(() => string.Join('\n', Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
        .Where(f => !f.Contains("HelpGen", StringComparison.Ordinal) && !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .SelectMany(File.ReadAllLines).Where(l => !l.TrimStart().StartsWith("//", StringComparison.Ordinal))));

    public static IReadOnlySet<string> All { get; } = Literal().Concat(Plain()).Concat(Computed()).ToHashSet();

    // Warnings have ids for the code's own use, which nobody sees.
    private static IEnumerable<string> Literal()
    {
        var errors = WarningPattern().Replace(Sources.Value, "");
        return LiteralPattern().Matches(errors).Select(m => m.Groups[1].Value);
    }

    // Ids of one word stand in the map from exceptions to records, and nowhere else.
    private static IEnumerable<string> Plain()
    {
        var map = File.ReadAllText(Path.Combine(Repository.Root, "src", "PacsTools", "Pipeline", "ErrorMap.cs"));
        return PlainPattern().Matches(map).Select(m => m.Groups[1].Value);
    }

    private static IEnumerable<string> Computed()
    {
        foreach (var family in FamilyPattern().Matches(Sources.Value).Select(m => m.Groups[1].Value).Distinct())
        {
            Assert.True(Families.TryGetValue(family, out var words), $"The sources compute ids {family}.…: say here what they can be, and document them in Help/Errors.md.");
            foreach (var word in words()) yield return $"{family}.{word}";
        }

        if (Sources.Value.Contains("\"DicomWeb.Http\" +", StringComparison.Ordinal)) yield return "DicomWeb.HttpNNN";
    }

    private static IEnumerable<string> RejectReasons()
    {
        var reasons = from source in Enumerable.Range(1, 3)
                      from reason in Enumerable.Range(0, 256)
                      select new AssociationRejectedException(1, (byte)source, (byte)reason, "").ReasonName;
        return reasons.Select(r => ReservedPattern().IsMatch(r) ? "ReasonNNN" : r).Distinct();
    }

    // The simulator and listeners bound the time of others, and no cmdlet hears of it.
    private static IEnumerable<string> TimeoutOperations() =>
        OperationPattern().Matches(Sources.Value).Select(m => m.Groups[1].Value).Distinct().Except(["Stall", "Event report", "Idle"]);

    [GeneratedRegex(@"Warn(?:ing)?\(\s*(?:[^;""]*\?\s*)?""[A-Za-z]+\.[A-Za-z]+""(?:\s*:\s*""[A-Za-z]+\.[A-Za-z]+"")?")]
    private static partial Regex WarningPattern();

    [GeneratedRegex(@"""([A-Z][A-Za-z]+\.[A-Z][A-Za-z]+)""(?!\s*\+)")]
    private static partial Regex LiteralPattern();

    [GeneratedRegex(@"\(""([A-Z][A-Za-z]+)"", ErrorCategory")]
    private static partial Regex PlainPattern();

    [GeneratedRegex(@"\$""([A-Z][A-Za-z]+)\.\{")]
    private static partial Regex FamilyPattern();

    [GeneratedRegex(@"(?:DicomTimeoutException|WatchLimit|\.Watch)\(\s*""([A-Z][A-Za-z ]+)""")]
    private static partial Regex OperationPattern();

    [GeneratedRegex(@"^Reason\d+$")]
    private static partial Regex ReservedPattern();
}
