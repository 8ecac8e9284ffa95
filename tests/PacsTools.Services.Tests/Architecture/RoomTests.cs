using PacsTools.Services.Nodes;
using PacsTools.TestKit;

namespace PacsTools.Services.Tests.Architecture;

/// <summary>Which room of the services may know which other (docs/design.md). All of them may use what lies in none.</summary>
public class RoomTests
{
    private const string Root = "PacsTools.Services";

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Files"] = [],
        ["Imaging"] = [],
        ["Transcripts"] = [],
        ["Metrics"] = [],
        ["Observation"] = ["Metrics", "Transcripts"],
        ["Nodes"] = ["Observation", "Metrics"],
        ["Storage"] = ["Nodes", "Observation"],
        ["Web"] = ["Nodes", "Storage"],
        ["Resilience"] = ["Web"],
        ["Query"] = ["Nodes", "Resilience"],
        ["Retrieve"] = ["Query", "Resilience", "Web", "Storage", "Nodes"],
        ["Sending"] = ["Resilience", "Web", "Storage", "Nodes"],
        ["Copying"] = ["Retrieve", "Sending", "Query", "Resilience", "Storage", "Nodes"],
        ["Diagnosis"] = ["Retrieve", "Query", "Resilience", "Storage", "Nodes"],
        ["Acceptance"] = ["Diagnosis", "Query", "Resilience", "Nodes", "Simulation.TestData"],
        ["Simulation.TestData"] = [],
        ["Simulation"] = ["Simulation.TestData", "Sending", "Query", "Web", "Storage", "Nodes"],
    };

    public static TheoryData<string> Rooms => new(Allowed.Keys);

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_knows_only_the_rooms_it_may(string room)
    {
        var types = typeof(PacsNode).Assembly.GetTypes().Where(t => RoomOf(t) == room).ToList();
        var used = from type in types
                   from reference in TypeReferences.Of(type)
                   let other = RoomOf(reference)
                   where other is not (null or "") && other != room && !Allowed[room].Contains(other)
                   select $"{type} -> {reference}";

        Assert.NotEmpty(types);
        Assert.Empty(used.Distinct());
    }

    [Fact]
    public void What_lies_in_no_room_knows_none() => Assert.Empty(
        from type in typeof(PacsNode).Assembly.GetTypes()
        where RoomOf(type) == ""
        from reference in TypeReferences.Of(type)
        where RoomOf(reference) is not (null or "")
        select $"{type} -> {reference}");

    [Fact]
    public void Every_type_lies_in_a_known_room_or_in_none() => Assert.Empty(
        typeof(PacsNode).Assembly.GetTypes().Select(RoomOf).Where(r => r is not (null or "")).Distinct().Except(Allowed.Keys));

    [Fact]
    public void The_arrows_run_in_no_circle()
    {
        var before = new HashSet<string>();
        while (Allowed.Keys.FirstOrDefault(r => !before.Contains(r) && Allowed[r].All(before.Contains)) is { } next)
            before.Add(next);

        Assert.Equal(Allowed.Count, before.Count);
    }

    // What the compiler adds has no namespace of ours.
    private static string? RoomOf(Type type) =>
        type.Assembly != typeof(PacsNode).Assembly || type.Namespace is not { } name ? null
        : name == Root ? ""
        : name == $"{Root}.Simulation.TestData" ? "Simulation.TestData"
        : name.StartsWith(Root + ".", StringComparison.Ordinal) ? name[(Root.Length + 1)..].Split('.')[0]
        : null;
}
