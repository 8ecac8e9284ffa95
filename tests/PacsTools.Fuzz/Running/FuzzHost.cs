using System.Diagnostics;
using PacsTools.Fuzz.Coverage;
using PacsTools.Fuzz.Targets;

namespace PacsTools.Fuzz.Running;

/// <summary>
/// What is called inside an <see cref="InstrumentedContext"/>. Only types of .NET itself go in and out, since ours are others there.
/// </summary>
internal static class FuzzHost
{
    /// <summary>Runs a target.</summary>
    /// <param name="targetName">Which.</param>
    /// <param name="seed">Under which seed.</param>
    /// <param name="blocks">The methods of the instrumented blocks.</param>
    /// <param name="goesOn">Asked with the number of the next input, so that a run may end by number or by time.</param>
    /// <param name="patience">How long one input may take.</param>
    /// <param name="beforeInput">Given each input before it is tried; null for nobody.</param>
    /// <param name="onFinding">Told the iteration, the kind, the details and the input of each finding.</param>
    /// <param name="gaps">True to list what was not reached.</param>
    internal static (long Inputs, TimeSpan Took, int Kept, int Blocks, int Features, int RoomsEntered, int RoomsAll, TimeSpan Slowest, ulong Digest, int Findings, string[] Gaps) Run(
        string targetName, ulong seed, string[][] blocks, Func<long, bool> goesOn, TimeSpan patience, Action<byte[]>? beforeInput, Action<long, string, string, byte[]> onFinding, bool gaps)
    {
        using FuzzTarget target = TargetList.Create(targetName);
        CoverageMap coverage = CoverageMap.Find(blocks);
        var run = new TargetRun(target, seed, coverage)
        {
            BeforeInput = beforeInput,
            OnFinding = finding => onFinding(finding.Iteration, finding.Kind, finding.Details, finding.Input),
        };
        long started = Stopwatch.GetTimestamp();
        run.Run(goesOn, patience);
        (int entered, int all) = coverage.In(target.Rooms);
        return (run.Inputs, Stopwatch.GetElapsedTime(started), run.Kept, coverage.Blocks, coverage.Features, entered, all, run.Slowest, run.Digest, run.Findings.Count,
            gaps ? [.. coverage.Gaps(target.Rooms).Select(gap => $"{gap.Entered}/{gap.All} {gap.Method}")] : []);
    }
}
