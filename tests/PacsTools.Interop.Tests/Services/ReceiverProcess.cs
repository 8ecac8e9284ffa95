using System.Globalization;
using PacsTools.Services.Storage;
using PacsTools.TestKit;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Services;

/// <summary>A Storage SCP in a process of its own, whose memory and file sizes can be watched and bounded.</summary>
internal sealed class ReceiverProcess : IAsyncDisposable
{
    public const string Argument = "--storage-scp";
    public const string FlushArgument = "--flushing-storage-scp";
    public const string PendingArgument = "--flushing-pending-storage-scp";
    private readonly ExternalProcess _process;

    private ReceiverProcess(ExternalProcess process, int port)
    {
        _process = process;
        Port = port;
    }

    /// <summary>The program that a receiver runs as: these tests themselves.</summary>
    public static string Program => Path.Combine(AppContext.BaseDirectory, "PacsTools.Interop.Tests" + (OperatingSystem.IsWindows() ? ".exe" : ""));

    public string AETitle => "RIS_STORE_SCP";

    public int Port { get; }

    public int Id => _process.Id;

    /// <summary>What the child process does: receives into a folder until it is killed. Pending: for somebody who waits, and does not ask for a flush.</summary>
    public static int Serve(string folder, bool flush = false, bool pending = false)
    {
        StorageScp scp = new StorageScpRegistry().Start(new StorageScpOptions
        {
            AETitle = "RIS_STORE_SCP",
            Port = 0,
            BindAddress = System.Net.IPAddress.Loopback,
            Accept = pending ? StorageScpAccept.Pending : StorageScpAccept.Any,
            Path = pending ? null : folder,
            FlushToDisk = flush,
        });
        if (pending)
        {
            var destination = new DestinationFolder(folder);
            destination.Prepare();
            scp.Subscribe(new OpenReception(new ReceiveTarget(destination, PathLayout.Default, IfExists.KeepBoth, FlushToDisk: false), (_, _) => { }));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"PORT {scp.Port}"));
        Thread.Sleep(Timeout.Infinite);
        return 0;
    }

    /// <param name="folder">Where to.</param>
    /// <param name="maxFileBytes">No file may grow beyond this (RLIMIT_FSIZE); null for no limit.</param>
    /// <param name="flush">Flushes to the disk before success is answered.</param>
    /// <param name="under">A program to run it under, such as strace, and its arguments.</param>
    /// <param name="pending">Takes what somebody waits for, and flushes.</param>
    public static async Task<ReceiverProcess> StartAsync(string folder, long? maxFileBytes = null, bool flush = false, string[]? under = null, bool pending = false)
    {
        string program = Program;
        string[] command = [.. under ?? [], program, pending ? PendingArgument : flush ? FlushArgument : Argument, folder];
        ProcessSpec spec = maxFileBytes is not { } limit
            ? new ProcessSpec(ProgramFinder.Find(command[0]) ?? command[0], command[1..])
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

    /// <summary>Ends it at once and without its consent.</summary>
    public void Kill() => _process.Kill();

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
