using PacsTools.Services.Copying;
using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Storage;
using PacsTools.TestKit.Peers;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Services;

/// <summary>A Storage SCP on a free port, the coordinator that uses it, and a folder to receive into.</summary>
internal sealed class Receiver : IDisposable
{
    private readonly StorageScpRegistry _registry = new();
    private readonly TemporaryFolder _folder = new("received");

    public Receiver(string aeTitle = "RIS_STORE_SCP") =>
        Scp = _registry.Start(new StorageScpOptions { AETitle = aeTitle, Port = 0, BindAddress = System.Net.IPAddress.Loopback });

    public StorageScp Scp { get; }

    public RetrieveCoordinator Coordinator => new(new DirectAssociations(), _registry);

    public StudyCopier Copier => new(new DirectAssociations(), _registry);

    public RecordingLog Log { get; } = new();

    public string Folder => _folder.Path;

    /// <summary>What an archive has to know to send here.</summary>
    public MoveDestination Address => new(Scp.AETitle, Scp.Port);

    public RetrieveRun Start(PacsNode node, string study, string? destination = null, TimeSpan? timeout = null, RetrieveMethod method = RetrieveMethod.CMove, CancellationToken cancellationToken = default) =>
        Coordinator.Start(
            new RetrieveRequest
            {
                Node = node,
                StudyInstanceUID = study,
                Destination = destination ?? Folder,
                Method = method,
                Scp = new StorageScpChoice(Scp),
                Timeout = timeout,
                Retry = new RetryPolicy(retries: 0),
            },
            Log,
            cancellationToken);

    public Task<DicomRetrieveReport> ReceiveAsync(PacsNode node, string study, string? destination = null, TimeSpan? timeout = null) =>
        Start(node, study, destination, timeout).DrainAsync();

    public void Dispose()
    {
        _registry.StopAll();
        _folder.Dispose();
    }
}
