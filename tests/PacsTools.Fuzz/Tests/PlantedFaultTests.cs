using PacsTools.Fuzz.Coverage;
using PacsTools.Fuzz.Mutation;
using PacsTools.Fuzz.Running;
using PacsTools.Fuzz.Targets;

namespace PacsTools.Fuzz.Tests;

/// <summary>The fuzzer itself: faults that were planted are found, told with what is needed to see them again, and cut down.</summary>
public sealed class PlantedFaultTests
{
    private const ulong Seed = 7;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    [Fact]
    public void An_exception_that_is_not_documented_is_a_finding_cut_down_to_what_makes_it()
    {
        Finding finding = Assert.Single(Run(input => { if (input.Contains((byte)'!')) throw new IndexOutOfRangeException("planted"); }, 2000));

        Assert.StartsWith(nameof(IndexOutOfRangeException), finding.Kind, StringComparison.Ordinal);
        Assert.Contains("planted", finding.Details, StringComparison.Ordinal);
        Assert.Equal("!"u8.ToArray(), finding.Input);
        Assert.Equal(("planted", Seed), (finding.Target, finding.Seed));
    }

    [Fact]
    public void A_documented_exception_is_none() => Assert.Empty(Run(_ => throw new FormatException(), 200));

    [Fact]
    public void A_broken_promise_is_a_finding() =>
        Assert.Equal("BrokenPromiseException one and one are two", Assert.Single(Run(_ => throw new BrokenPromiseException("one and one are two"), 10)).Kind);

    [Fact]
    public void Memory_out_of_proportion_is_a_finding() =>
        Assert.Equal("allocation", Assert.Single(Run(input => { if (input.Length > 3) GC.KeepAlive(new byte[10_000_000]); }, 50)).Kind);

    [Fact]
    public void Memory_that_is_taken_only_once_is_none()
    {
        byte[]? table = null;

        Assert.Empty(Run(_ => table ??= new byte[10_000_000], 50));
    }

    [Fact]
    public void An_input_that_hangs_is_a_finding_and_ends_the_run()
    {
        using var released = new ManualResetEventSlim();
        using var target = new PlantedTarget(_ => released.Wait());
        var run = new TargetRun(target, Seed, CoverageMap.Find([]));

        Assert.False(run.Run(_ => true, TimeSpan.FromMilliseconds(50)));

        Finding finding = Assert.Single(run.Findings);
        Assert.Equal(("hang", 0L), (finding.Kind, finding.Iteration));
        released.Set();
    }

    [Fact]
    public void The_input_of_a_finding_comes_again_at_its_number()
    {
        var seen = new List<byte[]>();
        Run(_ => { }, 100, seen.Add);
        var again = new List<byte[]>();
        Run(_ => { }, 100, again.Add);

        Assert.Equal(seen, again);
    }

    private static IReadOnlyCollection<Finding> Run(Action<byte[]> body, int inputs, Action<byte[]>? beforeInput = null)
    {
        using var target = new PlantedTarget(body);
        var run = new TargetRun(target, Seed, CoverageMap.Find([])) { BeforeInput = beforeInput };
        Assert.True(run.Run(number => number < inputs, s_patience));
        return run.Findings;
    }

    private sealed class PlantedTarget(Action<byte[]> body) : FuzzTarget
    {
        internal override string Name => "planted";

        internal override IReadOnlyList<string> Rooms => [];

        internal override long AllocationPerByte => 100;

        internal override byte[] Generate(FuzzRandom random) => random.Bytes(random.Next(20));

        internal override void Try(byte[] input) => body(input);

        internal override bool IsDocumented(Exception error) => error is FormatException;
    }
}
