using PacsTools.Fuzz.Coverage;
using PacsTools.Fuzz.Running;
using PacsTools.Fuzz.Targets;

namespace PacsTools.Fuzz.Tests;

/// <summary>The short form of fuzzing: each target for a fixed number of inputs, the same in every run.</summary>
public sealed class ShortFuzzTests
{
    private const ulong Seed = 20240924;
    private const int Inputs = 400;

    // A loaded machine is slow, but nothing here takes a second on an idle one.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private static readonly Lazy<InstrumentedContext> s_context = new(() => new InstrumentedContext());

    public static TheoryData<string> Targets => [.. TargetList.Names];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Nothing_is_found(string target)
    {
        var findings = new List<string>();
        var result = Run(s_context.Value, target, Inputs, (iteration, kind, details, input) => findings.Add($"input {iteration}: {kind}\n{details}\n{Convert.ToHexString(input)}"));

        Assert.True(findings.Count == 0, $"{target}, seed {Seed}\n{string.Join("\n\n", findings)}");
        Assert.Equal(Inputs, result.Inputs);

        // Inputs that get nowhere would find nothing either.
        Assert.True(result.RoomsEntered * 3 > result.RoomsAll, $"only {result.RoomsEntered} of {result.RoomsAll} blocks were reached");
    }

    [Fact]
    public void The_same_seed_makes_the_same_inputs_with_what_they_reach_taken_into_account()
    {
        ulong first = Run(new InstrumentedContext(), "command", Inputs, Ignore).Digest;

        Assert.Equal(first, Run(new InstrumentedContext(), "command", Inputs, Ignore).Digest);
    }

    private static void Ignore(long iteration, string kind, string details, byte[] input)
    {
    }

    private static (long Inputs, int RoomsEntered, int RoomsAll, ulong Digest) Run(InstrumentedContext context, string target, int inputs, Action<long, string, string, byte[]> onFinding)
    {
        Func<long, bool> goesOn = number => number < inputs;
        var result = ((long Inputs, TimeSpan, int, int, int, int Entered, int All, TimeSpan, ulong Digest, int, string[]))context.Invoke(
            typeof(FuzzHost), nameof(FuzzHost.Run), target, Seed, InstrumentedContext.Blocks, goesOn, s_patience, null, onFinding, false)!;
        return (result.Inputs, result.Entered, result.All, result.Digest);
    }
}
