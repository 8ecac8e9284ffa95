using PacsTools.Services.Nodes;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Simulation;
using PacsTools.Services.Simulation.TestData;
using PacsTools.Services.Storage;
using PacsTools.TestKit.Processes;

namespace PacsTools.Services.Tests.Retrieve;

/// <summary>A simulator with one study of two series, able to misbehave, that knows one Storage SCP as a move destination.</summary>
internal sealed class SimulatedArchive : IDisposable
{
    public const int Series = 2;
    public const int PerSeries = 5;
    public const int Count = Series * PerSeries;

    private readonly TemporaryFolder _folder = new();
    private readonly PacsSimulator _simulator;

    public SimulatedArchive(StorageScp? scp, SimulatorFaults? faults = null, SyntheticModality modality = SyntheticModality.CT, Func<string, MoveTarget?>? resolve = null, bool dicomWeb = false)
    {
        var options = new SyntheticStudyOptions { Series = Series, Instances = PerSeries, Rows = 16, Columns = 16, PatientID = "SIM-1", Modality = modality };
        foreach (var dataset in SyntheticStudy.Create(options))
            StudyInstanceUID = dataset.GetString(Dicom.Data.DicomTags.StudyInstanceUID, "");
        Paths = [.. SyntheticStudy.Save(options, _folder.Path)];
        _simulator = PacsSimulator.Start(new PacsSimulatorOptions
        {
            Path = _folder.Path,
            Faults = faults ?? SimulatorFaults.None,
            Journal = Journal,
            DicomWeb = dicomWeb,
            ResolveDestination = resolve ?? (title => scp is not null && title == scp.AETitle ? new MoveTarget("127.0.0.1", scp.Port) : null),
        });
    }

    public string StudyInstanceUID { get; } = "";

    /// <summary>The files it serves.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>Their instances.</summary>
    public IEnumerable<string> SOPInstanceUIDs => Paths.Select(p => Path.GetFileNameWithoutExtension(p));

    /// <summary>What it was asked for, and what it did with each instance.</summary>
    public SimulatorJournal Journal { get; } = new();

    /// <summary>The file of an instance.</summary>
    public string PathOf(string sopInstanceUid) => Paths.Single(p => Path.GetFileNameWithoutExtension(p) == sopInstanceUid);

    public PacsNode Node => _simulator.Node with { CallingAETitle = "TEST_CALLER" };

    public void Dispose()
    {
        _simulator.Dispose();
        _folder.Dispose();
    }
}
