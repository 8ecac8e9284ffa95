using System.Text.RegularExpressions;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Simulation;

/// <summary>The sample tells its story to the end.</summary>
public sealed class QuickstartTests
{
    [Fact]
    public async Task The_sample_finds_receives_and_proves()
    {
        // tests/<project>/bin/<configuration>/<framework>
        var binaries = new DirectoryInfo(AppContext.BaseDirectory);
        string assembly = Path.Combine(binaries.Parent!.Parent!.Parent!.Parent!.Parent!.FullName, "samples", "Quickstart", "bin", binaries.Parent.Name, binaries.Name, "Quickstart.dll");
        using var folder = new TemporaryFolder();
        ToolResult result = await Tool.RunAsync(new ProcessSpec(ProgramFinder.Get("dotnet"), [assembly])
        {
            Environment = new Dictionary<string, string?> { ["TMPDIR"] = folder.Path, ["TEMP"] = folder.Path, ["TMP"] = folder.Path },
        });
        result.EnsureSuccess();
        Assert.Contains("answered in", result.AllOutput, StringComparison.Ordinal);
        int found = Regex.Count(result.AllOutput, "^Found ", RegexOptions.Multiline);
        Assert.True(found >= 3, result.AllOutput);
        Assert.Equal(found, Regex.Count(result.AllOutput, "True *$", RegexOptions.Multiline));
        Assert.NotEmpty(Directory.GetFiles(Assert.Single(Directory.GetDirectories(folder.Path, "pacstools-quickstart-*")), "*.dcm", SearchOption.AllDirectories));
        // What the simulator had of its own is gone.
        Assert.Empty(Directory.Exists(folder["dicom-connector"]) ? Directory.GetFileSystemEntries(folder["dicom-connector"]) : []);
    }
}
