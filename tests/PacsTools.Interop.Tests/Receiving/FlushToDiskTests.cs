using System.Text.RegularExpressions;
using PacsTools.Interop.Tests.Services;
using PacsTools.TestKit;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Receiving;

/// <summary>The system calls of a receiving process, as strace sees them.</summary>
public sealed partial class FlushToDiskTests
{
    private const string Traced = "fsync,fdatasync,rename,renameat,renameat2,sendto,sendmsg,write";

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task File_and_folder_are_flushed_before_success_is_answered(bool flush, bool pending)
    {
        Requirement.Strace();
        using var folder = new TemporaryFolder("flush");
        string received = folder["received"], trace = folder["trace"];
        List<TestInstance> instances = [.. TestStudy.Create(new TestStudyOptions { Instances = 3, Series = 2, Rows = 64, Columns = 64 })];
        await using (ReceiverProcess receiver = await ReceiverProcess.StartAsync(received, flush: flush, pending: pending, under: ["strace", "-DD", "-f", "-y", "-s", "12", "-e", "trace=" + Traced, "-o", trace]))
        {
            using StoreSender sender = StoreSender.Open(receiver.Port, receiver.AETitle, instances);
            Assert.All(instances, i => Assert.Equal(0, sender.Store(i)));
        }
        ReceivedFiles.AssertExactly(received, instances);
        // The tracer outlives what it traces by the time it needs to write that down.
        await Eventually.TrueAsync(() => File.ReadAllText(trace).Contains("+++ killed", StringComparison.Ordinal), "the end of the trace");

        string[] lines = await File.ReadAllLinesAsync(trace);
        Assert.DoesNotContain(lines, l => l.Contains("sync", StringComparison.Ordinal) && l.Contains("= -1", StringComparison.Ordinal));
        // Whoever renamed the first file is the association's thread, which does one thing after the other.
        string thread = lines.First(l => Renamed().IsMatch(l)).Split(' ')[0];
        List<string> calls = [.. lines.Where(l => l.StartsWith(thread + " ", StringComparison.Ordinal)).Select(Describe).OfType<string>()];
        List<string> expected = [];
        foreach (TestInstance instance in instances)
        {
            string final = Path.Combine(instance.StudyInstanceUID, instance.SeriesInstanceUID, instance.SOPInstanceUID + ".dcm");
            // A new folder is only there once those above it are flushed.
            if (flush && (instance == instances[0] || instance == instances[3]))
                expected.AddRange([$"fsync {instance.StudyInstanceUID}", "fsync ."]);
            if (flush)
                expected.Add("fsync .part");
            expected.Add($"rename {final}");
            if (flush)
                expected.Add($"fsync {Path.GetDirectoryName(final)}");
            expected.Add("send P-DATA-TF");
        }
        Assert.Equal(expected, calls.SkipWhile(c => c == "send A-ASSOCIATE-AC").TakeWhile(c => c != "send A-RELEASE-RP"));

        string? Describe(string line)
        {
            if (Flushed().Match(line) is { Success: true } flushed)
                return flushed.Groups[1].Value.EndsWith(".part", StringComparison.Ordinal) ? "fsync .part" : $"fsync {Path.GetRelativePath(received, flushed.Groups[1].Value)}";
            if (Renamed().Match(line) is { Success: true } renamed)
                return $"rename {Relative(renamed.Groups[1].Value)}";
            return Sent().Match(line) is { Success: true } sent
                ? sent.Groups[1].Value switch { "2" => "send A-ASSOCIATE-AC", "4" => "send P-DATA-TF", "6" => "send A-RELEASE-RP", var other => "send " + other }
                : null;
        }

        string Relative(string path) => Path.GetRelativePath(received, path);
    }

    [GeneratedRegex(@"f(?:data)?sync\(\d+<([^>]+)>")]
    private static partial Regex Flushed();

    [GeneratedRegex(@"rename\w*\(.*""[^""]*\.part"", .*""([^""]*\.dcm)""")]
    private static partial Regex Renamed();

    [GeneratedRegex(@"(?:sendto|sendmsg|write)\(\d+<(?:socket|TCP)[^>]*>, .*?""\\(\d)")]
    private static partial Regex Sent();
}
