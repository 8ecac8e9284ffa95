using System.Globalization;

namespace PacsTools.TestKit.Faults;

/// <summary>
/// What happens on every connection of every stretch of network of one run, all of it derived from a seed and a number. At most one byte is changed in
/// a run: against two changes that fit each other nobody is proof who has no checksum.
/// </summary>
public sealed class FaultSchedule
{
    private const int Connections = 4;
    private readonly ConnectionScript[][] _links;

    /// <param name="choice">What it is derived from.</param>
    /// <param name="kinds">The stretches of network.</param>
    public FaultSchedule(SeededChoice choice, params IReadOnlyList<LinkKind> kinds)
    {
        List<Fault>[][] faults = [.. kinds.Select(_ => Enumerable.Range(0, Connections * 2).Select(_ => new List<Fault>()).ToArray())];
        int severe = choice.Weighted((12, 0), (68, 1), (20, 2));
        bool mayCorrupt = true;
        for (int i = 0; i < severe; i++)
        {
            int link = choice.Below(kinds.Count);
            Fault fault = FaultMaker.Severe(choice, kinds[link], mayCorrupt);
            mayCorrupt &= fault is not CorruptFault;
            faults[link][Direction(choice)].Add(fault);
        }
        for (int i = choice.Between(severe == 0 ? 1 : 0, 3); i > 0; i--)
            faults[choice.Below(kinds.Count)][Direction(choice)].Add(FaultMaker.Benign(choice));
        _links = [.. faults.Select(f => f.Chunk(2).Select(d => new ConnectionScript(d[0], d[1])).ToArray())];
        IsBenign = severe == 0;
    }

    /// <summary>True if all that happens costs nothing but time, so that everything has to succeed.</summary>
    public bool IsBenign { get; }

    /// <summary>What happens to a connection, counted from 0 in the order they are accepted.</summary>
    public ConnectionScript Script(int link, int connection) => connection < Connections ? _links[link][connection] : ConnectionScript.Clean;

    public override string ToString()
    {
        var lines = _links.SelectMany((scripts, link) => scripts.Select((script, number) => (link, number, script)))
            .Where(s => s.script.All.Any())
            .Select(s => string.Create(CultureInfo.InvariantCulture, $"link {s.link} connection {s.number}: {s.script}"));
        return string.Join(Environment.NewLine, lines);
    }

    // Most operations have one connection a link, and most of those that have more do the most on the first.
    private static int Direction(SeededChoice choice) => (choice.Weighted((70, 0), (20, 1), (7, 2), (3, 3)) * 2) + choice.Below(2);
}
