using PacsTools.Dicom.Dimse;

namespace PacsTools.Services.Simulation;

/// <summary>Which operations faults are meant for, and how many may still happen: a fault that passes is what recovery is there for. Safe for several threads.</summary>
internal sealed class FaultBudget(SimulatorFaults faults)
{
    private int _left = faults.Times ?? 0;

    /// <summary>True if faults are meant for this operation.</summary>
    public bool Concerns(CommandField operation) => faults.Only is null || faults.Only.Any(one => one.Operation == operation);

    /// <summary>True if faults are meant for this operation.</summary>
    public bool Concerns(FaultyOperation operation) => faults.Only is null || faults.Only.Contains(operation);

    /// <summary>True if faults are meant for an association that proposes these abstract syntaxes.</summary>
    public bool Concerns(IEnumerable<string> abstractSyntaxes) => faults.Only is null || abstractSyntaxes.Any(uid => faults.Only.Any(one => one.SopClasses.Contains(uid)));

    /// <summary>Takes one of the faults there may be; false if none is left.</summary>
    public bool Take() => faults.Times is null || (Volatile.Read(ref _left) > 0 && Interlocked.Decrement(ref _left) >= 0);
}
