using PacsTools.Dicom.Data;

namespace PacsTools.Services.Simulation;

/// <summary>What all associations of a simulator share.</summary>
internal sealed record SimulatorState
{
    public required string AETitle { get; init; }

    public required ArchiveIndex Index { get; init; }

    public required InstanceStore Store { get; init; }

    public required SimulatorFaults Faults { get; init; }

    public required FaultBudget Budget { get; init; }

    public required InstanceFaults InstanceFaults { get; init; }

    /// <summary>Told what is asked for and what becomes of it; null if nobody wants to know.</summary>
    public SimulatorJournal? Journal { get; init; }

    public required IReadOnlyList<DicomDataset> Worklist { get; init; }

    /// <summary>Where an AE title is; null if nobody knows it.</summary>
    public required Func<string, MoveTarget?> Resolve { get; init; }

    public required CommitmentReporter Commitments { get; init; }

    /// <summary>Associations the simulator asked for and does not release, as a fault has it.</summary>
    public required OpenAssociations LeftOpen { get; init; }

    public required TimeProvider Time { get; init; }

    public required IJobLog Log { get; init; }

    /// <summary>Cancelled when the simulator stops.</summary>
    public required CancellationToken Stopping { get; init; }
}
