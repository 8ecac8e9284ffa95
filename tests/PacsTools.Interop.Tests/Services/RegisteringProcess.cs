using System.Globalization;
using PacsTools.Services;
using PacsTools.Services.Nodes;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Services;

/// <summary>A process of its own that registers nodes, beside others that do the same.</summary>
internal static class RegisteringProcess
{
    public const string Argument = "--register";

    public static Task<ToolResult> RunAsync(string store, string prefix, int count) => Tool.RunAsync(new ProcessSpec(
        Path.Combine(AppContext.BaseDirectory, "PacsTools.Interop.Tests" + (OperatingSystem.IsWindows() ? ".exe" : "")),
        [Argument, store, prefix, count.ToString(CultureInfo.InvariantCulture)]));

    /// <summary>What the child process does.</summary>
    public static int Register(string store, string prefix, int count)
    {
        var registry = new NodeRegistry(new NodeStorePath(store, IsOurFolder: false));
        for (int i = 0; i < count; i++)
            registry.Put(new PacsNode { Name = string.Create(CultureInfo.InvariantCulture, $"{prefix}{i}"), HostName = "pacs.example", Port = 104 + i }, overwrite: false, NoJobLog.Instance);
        return 0;
    }
}
