using System.Management.Automation;
using PacsTools.Pipeline;
using PacsTools.Services.Nodes;

namespace PacsTools.Commands;

/// <summary>The registered nodes that -Name names, wildcards included.</summary>
internal static class RegisteredNodes
{
    /// <summary>Those found in alphabetical order, and one error for every plain name that is not there and every entry that is unusable.</summary>
    public static (IReadOnlyList<PacsNode> Found, IReadOnlyList<ErrorRecord> Errors) Select(string[] patterns)
    {
        List<ErrorRecord> errors = [];
        var all = NodeRegistry.Current.All(unusable =>
        {
            if (patterns.Any(p => Matches(p, unusable.Name))) errors.Add(ErrorMap.ToRecord(unusable.Error, unusable.Name));
        });
        foreach (var name in Missing(patterns, [.. all.Select(n => n.Name!), .. errors.Select(e => (string)e.TargetObject)]))
            errors.Add(ErrorMap.ToRecord(NodeRegistry.NotFound(name, all.Select(n => n.Name!)), name));
        return ([.. all.Where(n => patterns.Any(p => Matches(p, n.Name!)))], errors);
    }

    /// <summary>The names -Name names, whether their entries are usable or not, and one error for every plain name that is not there.</summary>
    public static (IReadOnlyList<string> Found, IReadOnlyList<ErrorRecord> Errors) SelectNames(string[] patterns)
    {
        var all = NodeRegistry.Current.Names;
        var errors = Missing(patterns, all).Select(name => ErrorMap.ToRecord(NodeRegistry.NotFound(name, all), name));
        return ([.. all.Where(n => patterns.Any(p => Matches(p, n)))], [.. errors]);
    }

    private static IEnumerable<string> Missing(string[] patterns, IReadOnlyList<string> names) =>
        patterns.Where(p => !WildcardPattern.ContainsWildcardCharacters(p) && !names.Contains(p, StringComparer.OrdinalIgnoreCase));

    private static bool Matches(string pattern, string name) => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(name);
}
