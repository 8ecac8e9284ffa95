using System.Globalization;
using System.Text.Json;
using PacsTools.Dicom.Files;
using PacsTools.Dicom.Json;
using PacsTools.TestKit;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Corpus;

/// <summary>The short form of the corpus; the long one is this program with <c>--corpus 10000 --seed 1</c>, or with a folder of one's own files.</summary>
public sealed class CorpusTests
{
    [Fact]
    public async Task We_read_what_DCMTK_reads_or_know_why_not()
    {
        Requirement.Dcmtk();
        using var folder = new TemporaryFolder("corpus");
        var options = new CorpusOptions { Count = 200, Seed = 20261127 };
        Assert.Empty(await new CorpusRun(options, line => TestContext.Current.TestOutputHelper?.WriteLine(line)).RunAsync(new CorpusMaker(options, folder.Path).Make()));
    }

    [Fact]
    public void The_comparison_sees_what_differs()
    {
        using var folder = new TemporaryFolder();
        var path = folder["a.dcm"];
        File.WriteAllBytes(path, OddFiles.All().First().Bytes);
        using var ours = JsonDocument.Parse(DicomJsonWriter.Write(DicomFile.Open(path).Dataset));
        foreach (var (theirs, kind) in new[]
        {
            ("{}", DifferenceKind.Extra),
            (ours.RootElement.GetRawText().Replace("1.2.3.4.5.6.7", "1.2.3.4.5.6.8", StringComparison.Ordinal), DifferenceKind.Value),
            (ours.RootElement.GetRawText().Replace("\"UI\"", "\"LO\"", StringComparison.Ordinal), DifferenceKind.VR),
            (ours.RootElement.GetRawText().Replace("00080018", "00080019", StringComparison.Ordinal), DifferenceKind.Missing),
        })
        {
            using var other = JsonDocument.Parse(theirs);
            var differences = JsonComparison.Compare(ours.RootElement, other.RootElement, null).ToArray();
            Assert.Contains(differences, d => d.Kind == kind);
            Assert.All(differences, d => Assert.Null(KnownDifference.Find(d)));
        }

        Assert.Empty(JsonComparison.Compare(ours.RootElement, ours.RootElement, null));
    }

    /// <summary>What the program does when it is started with <see cref="CorpusOptions.Argument"/>.</summary>
    internal static async Task<int> RunAsync(IReadOnlyList<string> words)
    {
        var options = CorpusOptions.Parse(words);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{options}, .NET {Environment.Version}, {DateTime.UtcNow:yyyy-MM-dd HH:mm}Z"));
        using var folder = new TemporaryFolder("corpus");
        var files = options.Folder is { } given
            ? Directory.EnumerateFiles(given, "*", SearchOption.AllDirectories).Select(path => new CorpusFile(path, path))
            : new CorpusMaker(options, folder.Path).Make();
        var wrong = await new CorpusRun(options, Console.WriteLine).RunAsync(files);
        foreach (var line in wrong) Console.WriteLine($"DIFFERENT {line}");
        return wrong.Count == 0 ? 0 : 1;
    }
}
