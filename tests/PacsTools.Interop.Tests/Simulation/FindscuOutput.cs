using System.Text.RegularExpressions;
using PacsTools.TestKit.Peers;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Simulation;

/// <summary>findscu's matches, read off what it prints.</summary>
internal static partial class FindscuOutput
{
    /// <summary>Queries and returns, match by match, values by tag such as <c>0010,0010</c>.</summary>
    /// <param name="simulator">Whom to ask.</param>
    /// <param name="model">-S, -P or -W.</param>
    /// <param name="keys">As findscu's -k takes them.</param>
    public static async Task<List<Dictionary<string, string>>> FindAsync(SimulatorFixture simulator, string model, params string[] keys)
    {
        ToolResult result = (await Dcmtk.FindscuAsync(simulator.Port, simulator.AETitle, ["-v", model, .. keys.SelectMany(k => (string[])["-k", k])])).EnsureSuccess();
        List<Dictionary<string, string>> matches = [];
        foreach (string line in result.AllOutput.Split('\n'))
        {
            if (line.Contains("Find Response:", StringComparison.Ordinal))
                matches.Add([]);
            else if (matches.Count > 0 && ValueLine().Match(line) is { Success: true } value)
                matches[^1].TryAdd(value.Groups[1].Value, value.Groups[2].Value.TrimEnd(' ', '\0'));
        }
        return matches;
    }

    [GeneratedRegex(@"I:\s+\(([0-9a-f]{4},[0-9a-f]{4})\) [A-Z]{2} \[(.*)\]\s+#")]
    private static partial Regex ValueLine();
}
