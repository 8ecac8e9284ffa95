using System.Globalization;
using System.Net.Sockets;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Storage;

/// <summary>The Storage SCPs of the process, at most one a port, shared by all runspaces.</summary>
internal sealed class StorageScpRegistry
{
    private const int PortsToTry = 100;

    private readonly object _gate = new();
    private readonly List<StorageScp> _running = [];

    /// <summary>The registry of the process. It outlives the module in one runspace and ends with the process.</summary>
    public static readonly StorageScpRegistry Shared = CreateShared();

    /// <summary>Those that run, in the order of their start.</summary>
    public IReadOnlyList<StorageScp> All
    {
        get
        {
            lock (_gate)
                return [.. _running];
        }
    }

    /// <summary>The one on a port; null if none runs there.</summary>
    public StorageScp? Find(int port)
    {
        lock (_gate)
            return _running.Find(s => s.Port == port);
    }

    /// <summary>Starts one.</summary>
    /// <param name="options">How.</param>
    /// <param name="takeNextFreePort">True to go on to the next free port if it is taken, with a warning.</param>
    /// <param name="log">Told of another port.</param>
    /// <exception cref="StorageScpException">The port is taken or may not be opened.</exception>
    public StorageScp Start(StorageScpOptions options, bool takeNextFreePort = false, IJobLog? log = null)
    {
        var scp = OpenFree(options, takeNextFreePort);
        // Outside the lock: whoever listens may be slow, and may ask for the Storage SCPs before it goes on.
        if (options.Port != 0 && scp.Port != options.Port)
            log?.Warning("StorageScp.OtherPort", $"Port {Text(options.Port)} is taken; {scp.AETitle} listens on port {Text(scp.Port)}. The PACS must know this port to send to it.");
        return scp;
    }

    /// <summary>The one a retrieve is to use, started if need be.</summary>
    /// <param name="choice">What the user asked for.</param>
    /// <param name="node">What the node asks for where the user does not.</param>
    /// <param name="log">Told of a start.</param>
    /// <exception cref="StorageScpException">There is none, more than one to choose from, or it cannot be started.</exception>
    public StorageScp Choose(StorageScpChoice choice, PacsNode node, IJobLog log)
    {
        if (choice.Scp is { } given)
        {
            return given.State == StorageScpState.Running
                ? given
                : throw new StorageScpException("StorageScp.NotRunning", $"The Storage SCP {given} has been stopped.") { Port = given.Port, Advice = "Start it again with Start-StorageScp." };
        }

        var title = choice.AETitle is null ? node.ScpAETitle : TitleText.Check(choice.AETitle, "storage SCP AE title");
        var port = choice.Port ?? node.ScpPort;
        StorageScp started;
        lock (_gate)
        {
            var fitting = _running.FindAll(s => (title is null || s.AETitle == title) && (port is null || s.Port == port));
            if (fitting.Count == 1)
                return fitting[0];
            if (fitting.Count > 1)
            {
                throw new StorageScpException("StorageScp.Ambiguous", $"{fitting.Count} Storage SCPs run in this process ({string.Join(", ", fitting)}) and none was chosen.")
                {
                    Advice = "Choose one with -StorageScp, -ScpAETitle or -ScpPort.",
                };
            }

            var options = new StorageScpOptions { Port = port ?? PacsDefaults.ScpPort };
            if (title is not null)
                options = options with { AETitle = title };
            started = Open(options);
        }

        log.Verbose($"Storage SCP {started} started; it stays until Stop-StorageScp or the end of the process.");
        return started;
    }

    public void Stop(StorageScp scp)
    {
        lock (_gate)
            _running.Remove(scp);
        // Outside the lock: ending associations may take a moment.
        scp.Stop();
    }

    public void StopAll()
    {
        foreach (var scp in All)
            Stop(scp);
    }

    private static StorageScpRegistry CreateShared()
    {
        var registry = new StorageScpRegistry();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => registry.StopAll();
        return registry;
    }

    private StorageScp OpenFree(StorageScpOptions options, bool takeNextFreePort)
    {
        lock (_gate)
        {
            for (var port = options.Port; ; port++)
            {
                try
                {
                    return Open(options with { Port = port });
                }
                catch (StorageScpException e) when (takeNextFreePort && IsTaken(e) && port < Math.Min(65535, options.Port + PortsToTry))
                {
                    // On to the next.
                }
            }
        }
    }

    private StorageScp Open(StorageScpOptions options)
    {
        if (options.Port != 0 && _running.Find(s => s.Port == options.Port) is { } ours)
        {
            throw ours.AETitle == options.AETitle
                ? PortInUse(options, $"{ours} of this session", null, "It runs already: use it, end it with Stop-StorageScp, or choose another port.")
                : new StorageScpException("StorageScp.AETitleMismatch", $"Port {Text(options.Port)} belongs to the Storage SCP {ours} of this session, which does not answer to {options.AETitle}.")
                {
                    Port = options.Port,
                    Advice = $"Use -ScpAETitle {ours.AETitle}, another -ScpPort, or stop it with Stop-StorageScp.",
                };
        }

        try
        {
            var scp = StorageScp.Start(options);
            _running.Add(scp);
            return scp;
        }
        catch (DicomNetworkException e) when (e is { Failure: NetworkFailure.PortInUse, InnerException: not SocketException { SocketErrorCode: SocketError.AccessDenied } })
        {
            throw PortInUse(options, PortOwner.Find(options.Port), e);
        }
        catch (Exception e) when (StorageFault.IsFileSystem(e))
        {
            throw new StorageScpException(StorageFault.IsFull(e) ? "Storage.DiskFull" : "Storage.CannotWrite", $"The Storage SCP {options.AETitle} cannot be started: its folder '{options.Path}' cannot be written. {e.Message}", e)
            {
                Port = options.Port,
                Advice = StorageFault.IsFull(e) ? "Free some space or choose another folder." : "Choose a folder you may write to.",
            };
        }
        catch (DicomNetworkException e)
        {
            throw new StorageScpException("StorageScp.CannotListen", $"The Storage SCP {options.AETitle} cannot listen on port {Text(options.Port)}: {e.Message}", e)
            {
                Port = options.Port,
                Advice = "Ports below 1024 need special rights on many systems; choose another port, or another bind address.",
            };
        }
    }

    private static StorageScpException PortInUse(StorageScpOptions options, string? owner, Exception? cause, string advice = "Stop that process, or choose another port that the PACS knows.") =>
        new("StorageScp.PortInUse", $"The Storage SCP {options.AETitle} cannot listen on port {Text(options.Port)}: it is in use by {owner ?? "another process"}.", cause)
        {
            Port = options.Port,
            Owner = owner,
            Advice = advice,
        };

    // By another process, or by one of ours, whatever its title.
    private static bool IsTaken(StorageScpException error) => error.Id is "StorageScp.PortInUse" or "StorageScp.AETitleMismatch";

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
