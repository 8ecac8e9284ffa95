using System.Net;
using PacsTools.Services.Copying;
using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Simulation;
using PacsTools.Services.Storage;
using PacsTools.Services.Tests.Retrieve;
using PacsTools.Services.Tests.Resilience;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Processes;

namespace PacsTools.Services.Tests.Copying;

/// <summary>Two archives and what is between them; waiting between tries takes no time.</summary>
public abstract class CopyTestBase : IDisposable
{
    private protected static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);
    private readonly List<PacsSimulator> _destinations = [];

    private protected CopyTestBase()
    {
        Scp = Scps.Start(new StorageScpOptions { AETitle = "STORE_SCP", Port = 0, BindAddress = IPAddress.Loopback });
        Copier = new StudyCopier(new DirectAssociations(), Scps);
    }

    private protected TemporaryFolder Folder { get; } = new("copy");

    private protected StorageScpRegistry Scps { get; } = new();

    private protected StorageScp Scp { get; }

    private protected RecordingLog Log { get; } = new();

    private protected StudyCopier Copier { get; }

    /// <summary>What lies in between; nothing does before and after a copy.</summary>
    private protected string[] Spooled => Directory.Exists(Folder["spool"]) ? Directory.GetFileSystemEntries(Folder["spool"], "*", SearchOption.AllDirectories) : [];

    /// <summary>An archive that keeps what it is sent, in a folder of its name.</summary>
    private protected PacsSimulator Destination(SimulatorFaults? faults = null, string title = "DEST")
    {
        var simulator = PacsSimulator.Start(new PacsSimulatorOptions { AETitle = title, Path = Folder.Create(title), Writable = true, Faults = faults ?? SimulatorFaults.None });
        _destinations.Add(simulator);
        return simulator;
    }

    private protected Dictionary<string, byte[]> Held(string title = "DEST") =>
        Directory.EnumerateFiles(Folder[title], "*.dcm", SearchOption.AllDirectories).ToDictionary(f => Path.GetFileNameWithoutExtension(f), f => TestInstance.DataSetOf(f));

    private protected void AssertHolds(SimulatedArchive source, string title = "DEST")
    {
        var held = Held(title);
        Assert.Equal(source.Paths.Count, held.Count);
        Assert.All(source.Paths, p => Assert.Equal(TestInstance.DataSetOf(p), held[Path.GetFileNameWithoutExtension(p)]));
    }

    private protected CopyRequest Relay(SimulatedArchive source, PacsNode destination, int? retries = 0, RetrieveMethod method = RetrieveMethod.CMove) =>
        new() { Source = Source(source.Node, source.StudyInstanceUID, retries) with { Method = method }, DestinationNode = destination, SpoolRoot = Folder["spool"] };

    private protected RetrieveRequest Source(PacsNode node, string study, int? retries) => new()
    {
        Node = node,
        StudyInstanceUID = study,
        Scp = new StorageScpChoice(Scp),
        Retry = new RetryPolicy(retries, new NoWaiting(), () => 0.5),
    };

    private protected Task<DicomRetrieveReport> Copy(CopyRequest request, CancellationToken cancellationToken = default) =>
        Copier.CopyAsync(request, Log, cancellationToken).WaitAsync(Bound, CancellationToken.None);

    private protected static string Name(Exception? error) => error switch
    {
        null => "",
        RetrieveException e => e.Id,
        _ => error.GetType().Name,
    };

    public void Dispose()
    {
        _destinations.ForEach(d => d.Dispose());
        Scps.StopAll();
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
