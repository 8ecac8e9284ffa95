using System.Globalization;
using System.Security.Cryptography;
using PacsTools.Fuzz.Coverage;
using PacsTools.Fuzz.Targets;

namespace PacsTools.Fuzz.Running;

/// <summary>The long form: targets and seeds in turn, each in a context of its own.</summary>
internal sealed class FuzzSession(FuzzOptions options, TextWriter output)
{
    /// <summary>The program's exit code where there are findings.</summary>
    internal const int Found = 1;

    private int _findings;

    internal int Run()
    {
        IReadOnlyList<string> targets = options.Targets.Count > 0 ? options.Targets : TargetList.Names;
        if (options.File is { } file) return TryFile(targets[0], file);
        if (options.Replay is { } number) return Replay(targets[0], options.Seeds[0], number);
        IReadOnlyList<ulong> seeds = options.Seeds.Count > 0 ? options.Seeds : [FreshSeed()];
        double minutes = options.IsTotal ? options.Minutes / (targets.Count * seeds.Count) : options.Minutes;
        Say($"{targets.Count} targets, seeds {string.Join(", ", seeds)}, {minutes:0.##} minutes each; coverage is of basic blocks of {string.Join(" and ", InstrumentedContext.AssembliesUnderTest)}");
        Say($"{"target",-12} {"seed",-20} {"seconds",7} {"inputs",11} {"inputs/s",9} {"kept",6} {"blocks",7} {"block x count",13} {"blocks of its rooms",20} {"slowest ms",10} {"findings",8}");
        foreach (ulong seed in seeds)
        {
            foreach (string target in targets) RunTarget(target, seed, TimeSpan.FromMinutes(minutes));
        }

        Say(_findings == 0 ? "no finding" : $"{_findings} findings");
        return _findings == 0 ? 0 : Found;
    }

    private static ulong FreshSeed() => (ulong)RandomNumberGenerator.GetInt32(1, int.MaxValue);

    private void RunTarget(string target, ulong seed, TimeSpan time)
    {
        DateTime end = DateTime.UtcNow + time;
        using var lastInput = new LastInput(options.Out, target, seed);
        var result = Call(target, seed, number => (number & 15) != 0 || DateTime.UtcNow < end, lastInput.Note);
        lastInput.Forget();
        _findings += result.Findings;
        Say($"{target,-12} {seed,-20} {result.Took.TotalSeconds,7:N0} {result.Inputs,11:N0} {result.Inputs / result.Took.TotalSeconds,9:N0} {result.Kept,6:N0} {result.Blocks,7:N0} {result.Features,13:N0} "
            + $"{$"{result.RoomsEntered:N0} of {result.RoomsAll:N0}",20} {result.Slowest.TotalMilliseconds,10:N0} {result.Findings,8}");
        foreach (string gap in result.Gaps) Say($"    {gap}");
    }

    private int Replay(string target, ulong seed, long number)
    {
        byte[] input = [];
        Say($"{target} {seed}: repeating inputs 0 to {number}");
        var result = Call(target, seed, next => next <= number, bytes => input = bytes);
        Directory.CreateDirectory(options.Out);
        string file = Path.Combine(options.Out, $"{target}-{seed}-{number}.replay.bin");
        File.WriteAllBytes(file, input);
        Say($"input {number}: {input.Length} bytes, SHA-256 {Convert.ToHexString(SHA256.HashData(input))}, written to {file}");
        return Math.Max(TryFile(target, file), result.Findings == 0 ? 0 : Found);
    }

    // Without counters, so that what is seen is the code as it ships.
    private int TryFile(string name, string file)
    {
        using FuzzTarget target = TargetList.Create(name);
        Verdict verdict = Oracle.Try(target, File.ReadAllBytes(file));
        Say(verdict.IsFinding ? $"{name}: {verdict.Kind}\n{verdict.Details}" : $"{name}: nothing to be found");
        return verdict.IsFinding ? Found : 0;
    }

    private (long Inputs, TimeSpan Took, int Kept, int Blocks, int Features, int RoomsEntered, int RoomsAll, TimeSpan Slowest, ulong Digest, int Findings, string[] Gaps) Call(
        string target, ulong seed, Func<long, bool> goesOn, Action<byte[]> beforeInput)
    {
        var onFinding = (long iteration, string kind, string details, byte[] input) => Tell(target, seed, iteration, kind, details, input);
        return ((long, TimeSpan, int, int, int, int, int, TimeSpan, ulong, int, string[]))new InstrumentedContext().Invoke(
            typeof(FuzzHost), nameof(FuzzHost.Run), target, seed, InstrumentedContext.Blocks, goesOn, options.Patience, beforeInput, onFinding, options.Gaps)!;
    }

    private void Tell(string target, ulong seed, long iteration, string kind, string details, byte[] input)
    {
        Directory.CreateDirectory(options.Out);
        string file = Path.Combine(options.Out, $"{target}-{seed}-{iteration}.bin");
        File.WriteAllBytes(file, input);
        Say($"FINDING {target}, seed {seed}, input {iteration}: {kind}");
        Say($"    {details.ReplaceLineEndings("\n    ")}");
        Say($"    {input.Length} bytes: {Convert.ToHexString(input.AsSpan(0, Math.Min(input.Length, 200)))}{(input.Length > 200 ? "…" : "")}");
        Say($"    again: --target {target} --file {file}, or --target {target} --seed {seed} --replay {iteration}");
    }

    private void Say(string line) => output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{line}"));
}
