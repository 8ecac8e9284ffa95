using System.Globalization;
using PacsTools.Services.Storage;
using PacsTools.TestKit;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Services;

/// <summary>A Storage SCP in a process of its own, whose memory and file sizes can be watched and bounded.</summary>
internal sealed class ReceiverProcess : IAsyncDisposable
{
    public const string Argument = "--storage-scp";
    private readonly ExternalProcess _process;

    private ReceiverProcess(ExternalProcess process, int port)
    {
        _process = process;
        Port = port;
    }

    public string AETitle => "RIS_STORE_SCP";

    public int Port { get; }

    public int Id => _process.Id;

    /// <summary>What the child process does: receives into a folder until it is killed.</summary>
    public static int Serve(string folder)
    {
        StorageScp scp = new StorageScpRegistry().Start(new StorageScpOptions
        {
            AETitle = "RIS_STORE_SCP",
            Port = 0,
            BindAddress = System.Net.IPAddress.Loopback,
            Accept = StorageScpAccept.Any,
            Path = folder,
        });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"PORT {scp.Port}"));
        Thread.Sleep(Timeout.Infinite);
        return 0;
    }

    /// <param name="folder">Where to.</param>
    /// <param name="maxFileBytes">No file may grow beyond this (RLIMIT_FSIZE); null for no limit.</param>
    public static async Task<ReceiverProcess> StartAsync(string folder, long? maxFileBytes = null)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "PacsTools.Interop.Tests" + (OperatingSystem.IsWindows() ? ".exe" : ""));
        ProcessSpec spec = maxFileBytes is not { } limit
            ? new ProcessSpec(program, [Argument, folder])
            : new ProcessSpec(
                "/bin/sh",
                // Ignored, the signal lets the write fail with EFBIG instead of ending the process.
                ["-c", "trap '' XFSZ; exec prlimit --fsize=\"$1\" \"$2\" \"$3\" \"$4\"", "sh", limit.ToString(CultureInfo.InvariantCulture), program, Argument, folder])
            {
                // The runtime's double-mapped code lives in a file too, which the limit would hit.
                Environment = new Dictionary<string, string?> { ["DOTNET_EnableWriteXorExecute"] = "0" },
            };
        ExternalProcess process = ExternalProcess.Start(spec);
        try
        {
            string line = await process.Output.WaitForLineAsync(l => l.StartsWith("PORT ", StringComparison.Ordinal), Eventually.DefaultBound);
            return new ReceiverProcess(process, int.Parse(line.AsSpan(5), CultureInfo.InvariantCulture));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
