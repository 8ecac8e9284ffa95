using PacsTools.TestKit.Processes;

namespace PacsTools.TestKit.Peers;

/// <summary>A server of somebody else's, running on a free loopback port with a storage of its own until disposed.</summary>
public abstract class ExternalPeer : IAsyncDisposable
{
    private const int PortTries = 5;
    private static readonly TimeSpan ReadyBound = TimeSpan.FromSeconds(30);
    private ExternalProcess? _process;

    protected ExternalPeer(string aeTitle, string purpose)
    {
        AETitle = aeTitle;
        Folder = new TemporaryFolder(purpose);
    }

    public string AETitle { get; }

    public string HostName => "127.0.0.1";

    /// <summary>The DICOM port.</summary>
    public int Port { get; protected set; }

    /// <summary>Configuration and storage; removed on dispose.</summary>
    public TemporaryFolder Folder { get; }

    /// <summary>The form every -Node parameter takes.</summary>
    public string Address => $"{AETitle}@{HostName}:{Port}";

    public ExternalProcess Process => _process ?? throw new InvalidOperationException("The peer has not been started.");

    /// <summary>Everything the peer has written.</summary>
    public ProcessOutput Output => Process.Output;

    /// <summary>Ends the peer as a power cut would.</summary>
    public void Kill() => Process.Kill();

    /// <summary>Starts it anew over the storage it had, on other ports and with an output of its own.</summary>
    public async Task RestartAsync()
    {
        await Process.DisposeAsync().ConfigureAwait(false);
        await LaunchAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync().ConfigureAwait(false);
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Takes ports, writes the configuration and returns what to start. Called again with new ports if the first were lost to another process.</summary>
    protected abstract ProcessSpec Prepare();

    /// <summary>True once the peer answers on its ports.</summary>
    protected virtual Task<bool> IsReadyAsync() => LoopbackPort.IsOpenAsync(Port);

    protected async Task LaunchAsync()
    {
        try
        {
            for (int attempt = 1; ; attempt++)
            {
                ExternalProcess process = _process = ExternalProcess.Start(Prepare());
                await Eventually.TrueAsync(
                    async () => process.HasExited || await IsReadyAsync().ConfigureAwait(false),
                    $"{GetType().Name} ready: {process.Spec}",
                    ReadyBound,
                    process.Output.ToString).ConfigureAwait(false);
                // A peer that could not bind ends at once, and then somebody else may be listening there.
                if (!process.HasExited)
                    return;
                await process.DisposeAsync().ConfigureAwait(false);
                if (attempt == PortTries)
                    throw new InvalidOperationException($"{process.Spec} ended at once, {PortTries} times:\n{process.Output}");
            }
        }
        catch
        {
            await DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>DCMTK, and Orthanc which is built on it, read TCP_NODELAY from the environment; as shipped they leave Nagle on.</summary>
    protected static Dictionary<string, string?> NoDelay(bool noDelay) => new() { ["TCP_NODELAY"] = noDelay ? "1" : null };
}
