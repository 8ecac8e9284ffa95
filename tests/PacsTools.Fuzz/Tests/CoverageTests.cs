using PacsTools.Dicom.Pdus;
using PacsTools.Fuzz.Coverage;

namespace PacsTools.Fuzz.Tests;

/// <summary>The counters in the instrumented code count what is entered, and only that.</summary>
public sealed class CoverageTests
{
    private static readonly string[] s_rooms = ["PacsTools.Dicom.Pdus.PduReader"];

    [Fact]
    public void What_is_entered_is_counted_once_as_new()
    {
        int[] counts = (int[])new InstrumentedContext().Invoke(typeof(CoverageTests), nameof(ReadTwice), [InstrumentedContext.Blocks])!;

        Assert.Equal(0, counts[0]);
        Assert.InRange(counts[1], 5, counts[3]);
        Assert.Equal(1, counts[2]);
        Assert.Equal(0, counts[4]);
    }

    [Fact]
    public void Where_nothing_is_instrumented_nothing_is_claimed()
    {
        CoverageMap map = CoverageMap.Find([]);

        Assert.False(map.IsMeasured);
        Assert.Equal((0, 0), (map.Blocks, map.Features));
    }

    // Blocks before, after the first PDU, whether that was new, all there are, and whether the same again is new.
    private static int[] ReadTwice(string[][] blocks)
    {
        CoverageMap map = CoverageMap.Find(blocks);
        map.Clear();
        int before = map.In(s_rooms).Entered;
        Read();
        int isNew = map.Absorb() ? 1 : 0;
        Read();
        return [before, map.In(s_rooms).Entered, isNew, map.In(s_rooms).All, map.Absorb() ? 1 : 0];
    }

    private static void Read() => PduReader.TryRead([5, 0, 0, 0, 0, 4, 0, 0, 0, 0], PduLimits.Default, out _, out _);
}
