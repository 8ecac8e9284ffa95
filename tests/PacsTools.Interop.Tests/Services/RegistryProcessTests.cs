using System.Globalization;
using PacsTools.Services.Nodes;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Services;

/// <summary>The registry of nodes with several processes at it.</summary>
public sealed class RegistryProcessTests
{
    [Fact]
    public async Task Registering_from_several_processes_at_once_loses_nothing()
    {
        const int Processes = 4, Nodes = 25;
        using var folder = new TemporaryFolder("registry");
        string store = folder["nodes.json"];

        ToolResult[] ended = await Task.WhenAll(Enumerable.Range(0, Processes).Select(p => RegisteringProcess.RunAsync(store, string.Create(CultureInfo.InvariantCulture, $"p{p}-"), Nodes)));

        Assert.All(ended, e => Assert.True(e.ExitCode == 0, e.AllOutput));
        IReadOnlyList<PacsNode> all = new NodeRegistry(new NodeStorePath(store, IsOurFolder: false)).All(e => Assert.Fail(e.Error.Message));
        Assert.Equal(Processes * Nodes, all.Count);
        Assert.Equal(["nodes.json", "nodes.json.lock"], Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }
}
