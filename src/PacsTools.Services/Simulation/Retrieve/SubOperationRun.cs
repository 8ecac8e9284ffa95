using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;

namespace PacsTools.Services.Simulation;

/// <summary>The part C-MOVE and C-GET have in common: one sub-operation after another, a pending response after each, C-CANCEL in between.</summary>
/// <param name="state">The simulator.</param>
/// <param name="channel">Where the requestor is.</param>
/// <param name="context">The context of the request.</param>
/// <param name="response">Makes a response of a status.</param>
internal sealed class SubOperationRun(SimulatorState state, ScpChannel channel, AcceptedContext context, Func<ushort, SubOperationsResponse> response)
{
    // An archive counts wrong all through an operation, or not at all.
    private readonly bool _omitsCounters = state.Faults.OmitCounters && state.Budget.Concerns(channel.Operation) && state.Budget.Take();
    private readonly int _miscountBy = state.Faults.MiscountBy != 0 && state.Budget.Concerns(channel.Operation) && state.Budget.Take() ? state.Faults.MiscountBy : 0;

    /// <summary>Performs all sub-operations and answers the request.</summary>
    /// <param name="instances">What was asked for.</param>
    /// <param name="send">Sends one instance and returns the status it was answered with.</param>
    /// <param name="isCancelled">Whether the requestor has cancelled.</param>
    /// <exception cref="DicomException">The requestor's association is gone.</exception>
    public void Run(IReadOnlyList<IndexedInstance> instances, Func<StoredInstance, ushort> send, Func<bool> isCancelled)
    {
        var operations = new SubOperations(instances.Count);
        string? comment = null;
        for (var i = 0; i < instances.Count; i++)
        {
            if (isCancelled())
            {
                Finish(DimseCodes.Cancelled, operations, null);
                return;
            }

            var instance = instances[i].Describe();
            operations.Note(Send(instance, send, ref comment), instance.SopInstanceUid);
            if (i < instances.Count - 1)
                channel.Respond(context, Counted(DimseCodes.Pending, operations));
        }

        Finish(operations.FinalStatus(state.Faults.Status), operations, comment);
    }

    private DimseStatusClass Send(StoredInstance instance, Func<StoredInstance, ushort> send, ref string? comment)
    {
        var fault = state.InstanceFaults.Next(channel.Operation);
        if (fault is InstanceFault.Fail or InstanceFault.Drop)
        {
            state.Journal?.NoteFate(instance.SopInstanceUid, fault, arrived: false);
            return fault == InstanceFault.Fail ? DimseStatusClass.Failure : DimseStatusClass.Success;
        }

        try
        {
            var outcome = DimseStatus.Lookup(DimseService.Store, send(instance)).Class;
            state.Journal?.NoteFate(instance.SopInstanceUid, fault, outcome is DimseStatusClass.Success or DimseStatusClass.Warning);
            return fault == InstanceFault.Warn && outcome == DimseStatusClass.Success ? DimseStatusClass.Warning : outcome;
        }
        catch (Exception e) when ((e is DicomException or IOException or UnauthorizedAccessException) && channel.Association.IsUsable)
        {
            state.Log.Verbose($"{state.AETitle} could not send an instance: {e.Message}");
            comment ??= e.Message;
            return DimseStatusClass.Failure;
        }
    }

    private void Finish(ushort status, SubOperations operations, string? comment)
    {
        var final = Counted(status, operations) with { ErrorComment = status == DimseCodes.Success ? null : comment };
        var failed = operations.FailedList();
        channel.RespondLast(context, final, failed is null ? default : DatasetExchange.Write(failed, context));
    }

    private SubOperationsResponse Counted(ushort status, SubOperations operations) =>
        _omitsCounters ? response(status) : operations.Count(response(status), _miscountBy);
}
