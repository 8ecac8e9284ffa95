using System.Globalization;
using PacsTools.Services;
using PacsTools.Services.Nodes;
using PacsTools.Services.Retrieve;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Services;

/// <summary>A retrieve by WADO-RS in a process of its own, which says what the second study cost it beyond the first.</summary>
internal static class WadoProcess
{
    public const string Argument = "--wado";

    /// <summary>How much the second study raised the peak memory, in bytes.</summary>
    public static async Task<long> MeasureAsync(Uri server, string first, string second, string folder)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "PacsTools.Interop.Tests" + (OperatingSystem.IsWindows() ? ".exe" : ""));
        await using ExternalProcess process = ExternalProcess.Start(new ProcessSpec(program, [Argument, server.ToString(), first, second, folder]));
        string line = await process.Output.WaitForLineAsync(l => l.StartsWith("GREW ", StringComparison.Ordinal), TimeSpan.FromMinutes(5));
        return long.Parse(line.AsSpan(5), CultureInfo.InvariantCulture);
    }

    /// <summary>What the child process does.</summary>
    public static int Run(string server, string first, string second, string folder)
    {
        PacsNode node = PacsNode.Parse("WEB@127.0.0.1:1") with { DicomWebUri = new Uri(server) };
        Receive(node, first, folder);
        // Whatever the first instance cost once (code, buffers, threads) is not growth with size.
        long before = PeakMemory.Of(Environment.ProcessId);
        Receive(node, second, folder);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"GREW {PeakMemory.Of(Environment.ProcessId) - before}"));
        return 0;
    }

    private static void Receive(PacsNode node, string study, string folder)
    {
        var request = new RetrieveRequest { Node = node, StudyInstanceUID = study, Destination = folder, Method = RetrieveMethod.DicomWeb, NoVerify = true };
        DicomRetrieveReport report = new RetrieveCoordinator(new DirectAssociations()).Start(request, NoJobLog.Instance, CancellationToken.None).DrainAsync().GetAwaiter().GetResult();
        if (!report.Complete)
            throw new InvalidOperationException(report.Error!.Message);
    }
}
