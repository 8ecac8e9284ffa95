using System.Diagnostics;
using PacsTools.Dicom.Errors;
using PacsTools.TestKit;

namespace PacsTools.Dicom.Tests.Architecture;

/// <summary>Which part of the engine may know which other; and what the parts that hold the protocol may not know at all.</summary>
public class LayerTests
{
    private const string Root = "PacsTools.Dicom.";

    // What each part may use besides itself. Everybody may throw the errors.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Errors"] = [],
        ["Data"] = [],
        ["Encoding"] = ["Data"],
        ["Files"] = ["Encoding", "Data"],
        ["Json"] = ["Encoding", "Data"],
        ["Pdus"] = [],
        ["UpperLayer"] = ["Pdus"],
        ["Dimse"] = ["Encoding", "Data"],
        ["Network"] = ["UpperLayer", "Dimse", "Pdus", "Encoding", "Data"],
    };

    private static readonly string[] Pure = ["Pdus", "UpperLayer", "Dimse"];

    private static readonly Type[] Impure =
    [
        typeof(Stream), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeProvider), typeof(Stopwatch), typeof(Environment), typeof(File), typeof(Thread),
    ];

    public static TheoryData<string> Parts => new(Allowed.Keys);

    public static TheoryData<string> PureParts => new(Pure);

    [Theory]
    [MemberData(nameof(Parts))]
    public void A_part_knows_only_the_parts_it_may(string part)
    {
        var used = from type in TypesOf(part)
                   from reference in TypeReferences.Of(type)
                   let other = PartOf(reference)
                   where other is not null && other != part && other != "Errors" && !Allowed[part].Contains(other)
                   select $"{type} -> {reference}";

        Assert.Empty(used.Distinct());
    }

    [Theory]
    [MemberData(nameof(PureParts))]
    public void The_protocol_knows_no_stream_no_task_no_socket_and_no_clock(string part)
    {
        var used = from type in TypesOf(part)
                   from reference in TypeReferences.Of(type)
                   where IsImpure(reference)
                   select $"{type} -> {reference}";

        Assert.NotEmpty(TypesOf(part));
        Assert.Empty(used.Distinct());
    }

    [Fact]
    public void Every_type_belongs_to_a_known_part()
    {
        var parts = EngineTypes().Select(PartOf).Where(p => p is not null).Distinct();

        Assert.All(parts, p => Assert.Contains(p!, Allowed.Keys));
    }

    [Fact]
    public void The_scan_sees_what_code_and_declarations_use()
    {
        var seen = TypeReferences.Of(typeof(Specimen));

        Assert.Contains(typeof(Stream), seen); // the parameter of a method
        Assert.Contains(typeof(Stopwatch), seen); // called within a method
        Assert.Contains(typeof(Task<>), seen); // an argument of a generic type
        Assert.Contains(typeof(DateTime), seen);
        Assert.True(IsImpure(typeof(FileStream)) && IsImpure(typeof(Task<>)) && IsImpure(typeof(System.Net.Sockets.Socket)) && IsImpure(typeof(Timer)));
        Assert.False(IsImpure(typeof(List<>)) || IsImpure(typeof(Interlocked)));
    }

    private static bool IsImpure(Type type) =>
        Impure.Any(i => i.IsAssignableFrom(type))
        || type.Namespace is "System.Threading.Tasks" or "System.Timers"
        || type == typeof(Timer)
        || type.Namespace?.StartsWith("System.Net", StringComparison.Ordinal) == true;

    private static IEnumerable<Type> EngineTypes() => typeof(DicomException).Assembly.GetTypes();

    private static IEnumerable<Type> TypesOf(string part) => EngineTypes().Where(t => PartOf(t) == part);

    // Nested namespaces, such as Data.Dictionary, belong to their part. What the compiler adds has no namespace of ours.
    private static string? PartOf(Type type) => type.Assembly == typeof(DicomException).Assembly
        && type.Namespace is { } name && name.StartsWith(Root, StringComparison.Ordinal)
        ? name[Root.Length..].Split('.')[0]
        : null;

    private sealed class Specimen
    {
        private readonly List<Task<DateTime>> _tasks = [];

        public int Use(Stream stream) => _tasks.Count + (Stopwatch.GetTimestamp() > 0 ? (int)stream.Length : 0);
    }
}
