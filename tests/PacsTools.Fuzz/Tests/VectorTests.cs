using System.Reflection;
using PacsTools.Fuzz.Running;
using PacsTools.Fuzz.Targets;

namespace PacsTools.Fuzz.Tests;

/// <summary>Inputs that once were findings (Vectors/). A file's name begins with its target and goes on with what was wrong.</summary>
public sealed class VectorTests
{
    private const string Folder = "vectors/";

    public static TheoryData<string> Vectors =>
        [.. Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Vectors))]
    public void What_was_found_is_mended(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        byte[] input = new byte[stream.Length];
        stream.ReadExactly(input);
        using FuzzTarget target = TargetList.Create(name[Folder.Length..name.IndexOf('-')]);

        Verdict verdict = Oracle.Try(target, input);

        Assert.False(verdict.IsFinding, $"{verdict.Kind}\n{verdict.Details}");
    }
}
