using System.Globalization;
using System.Net;
using PacsTools.Interop.Tests.Services;
using PacsTools.Services.Copying;
using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Storage;
using PacsTools.TestKit;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Copying;

/// <summary>Copies studies one after the other in a process of its own, which tells its peak memory after each.</summary>
internal static class CopyProcess
{
    public const string Argument = "--copy";

    /// <summary>What the child process does.</summary>
    public static int Run(string source, string destination, string method, string scpPort, string spool, string[] studies)
    {
        var registry = new StorageScpRegistry();
        StorageScp scp = registry.Start(new StorageScpOptions { AETitle = "RIS_STORE_SCP", Port = int.Parse(scpPort, CultureInfo.InvariantCulture), BindAddress = IPAddress.Loopback });
        foreach (string study in studies)
        {
            var request = new CopyRequest
            {
                Source = new RetrieveRequest
                {
                    Node = PacsNode.Parse(source),
                    StudyInstanceUID = study,
                    Method = Enum.Parse<RetrieveMethod>(method),
                    Scp = new StorageScpChoice(scp),
                    Retry = RetryPolicy.None,
                },
                DestinationNode = PacsNode.Parse(destination),
                SpoolRoot = spool,
            };
            DicomRetrieveReport report = new StudyCopier(DirectAssociations.Default, registry).CopyAsync(request, new RecordingLog(), CancellationToken.None).GetAwaiter().GetResult();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"COPIED {report.Complete} {report.Stored} {PeakMemory.Of(Environment.ProcessId)} {report.Error?.Message}"));
        }
        registry.StopAll();
        return 0;
    }

    /// <summary>Starts it and waits for its end; the peak memory after each study.</summary>
    public static async Task<IReadOnlyList<long>> CopyAsync(string source, string destination, RetrieveMethod method, int scpPort, string spool, params string[] studies)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "PacsTools.Interop.Tests" + (OperatingSystem.IsWindows() ? ".exe" : ""));
        ToolResult run = await Tool.RunAsync(
            new ProcessSpec(program, [Argument, source, destination, method.ToString(), scpPort.ToString(CultureInfo.InvariantCulture), spool, .. studies]), TimeSpan.FromMinutes(5));
        string[][] lines = [.. run.EnsureSuccess().AllOutput.Split('\n').Where(l => l.StartsWith("COPIED ", StringComparison.Ordinal)).Select(l => l.Split(' ', 5))];
        Assert.Equal(studies.Length, lines.Length);
        Assert.True(lines.All(l => l[1] == "True"), run.AllOutput);
        return [.. lines.Select(l => long.Parse(l[3], CultureInfo.InvariantCulture))];
    }
}
