using System.Globalization;

namespace PacsTools.Interop.Tests.Faults;

/// <summary>How the jobs of a run ended, and whether anything had happened to them.</summary>
internal sealed class ScheduleHistogram
{
    private readonly Dictionary<JobKind, int[]> _counts = [];

    private enum Column
    {
        All,
        Struck,
        WholeInSpite,
        Partly,
        Nothing,
    }

    public void Enter(JobKind kind, bool struck, JobResult result)
    {
        if (!_counts.TryGetValue(kind, out int[]? counts))
            _counts[kind] = counts = new int[Enum.GetValues<Column>().Length];
        counts[(int)Column.All]++;
        if (struck)
            counts[(int)Column.Struck]++;
        if (result.IsWhole)
            counts[(int)Column.WholeInSpite] += struck ? 1 : 0;
        else
            counts[(int)(result.Reached > 0 ? Column.Partly : Column.Nothing)]++;
    }

    public IEnumerable<string> Lines()
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"{"job",-10}{"schedules",10}{"struck",10}{"whole",10}{"partly",10}{"nothing",10}");
        foreach ((JobKind kind, int[] n) in _counts.OrderBy(c => c.Key))
            yield return Line(kind.ToString(), n);
        yield return Line("all", [.. Enum.GetValues<Column>().Select(c => _counts.Values.Sum(n => n[(int)c]))]);
    }

    private static string Line(string name, int[] n) => string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-10}{n[(int)Column.All],10}{n[(int)Column.Struck],10}{n[(int)Column.All] - n[(int)Column.Partly] - n[(int)Column.Nothing],10}{n[(int)Column.Partly],10}{n[(int)Column.Nothing],10}");
}
