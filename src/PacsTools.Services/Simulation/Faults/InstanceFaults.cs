using PacsTools.Dicom.Dimse;

namespace PacsTools.Services.Simulation;

/// <summary>What a fault does to an instance on its way.</summary>
internal enum InstanceFault
{
    None,

    /// <summary>It is not sent or kept, and said to have failed.</summary>
    Fail,

    /// <summary>It is sent or kept, and said to have a warning.</summary>
    Warn,

    /// <summary>It is not sent or kept, and said to be fine.</summary>
    Drop,
}

/// <summary>Decides instance by instance, counting all of the simulator together.</summary>
internal sealed class InstanceFaults(SimulatorFaults faults, FaultBudget budget)
{
    private readonly EveryNth _fail = new(faults.FailEvery);
    private readonly EveryNth _warn = new(faults.WarnEvery);
    private readonly EveryNth _drop = new(faults.DropEvery);

    /// <param name="operation">The operation the instance is part of.</param>
    public InstanceFault Next(CommandField operation) => budget.Concerns(operation) ? Next() : InstanceFault.None;

    /// <inheritdoc cref="Next(CommandField)"/>
    public InstanceFault Next(FaultyOperation operation) => budget.Concerns(operation) ? Next() : InstanceFault.None;

    private InstanceFault Next()
    {
        // Each counts every instance, hit by another or not.
        bool fail = _fail.Hits(), drop = _drop.Hits(), warn = _warn.Hits();
        if (!(fail || drop || warn) || !budget.Take())
            return InstanceFault.None;
        return fail ? InstanceFault.Fail : drop ? InstanceFault.Drop : warn ? InstanceFault.Warn : InstanceFault.None;
    }
}
