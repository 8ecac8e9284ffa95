using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;

namespace PacsTools.Services.Simulation;

/// <summary>
/// Storage commitment as SCP (PS3.4 J): answers the N-ACTION and reports at once on the same association. A report that is not confirmed
/// there, because the requestor has already released, goes to it on a new one.
/// </summary>
internal sealed class CommitmentScp(SimulatorState state, ScpChannel channel)
{
    private const ushort RequestCommitment = 1;

    /// <summary>Reports on one association that may wait for their confirmation.</summary>
    internal const int MaxUnconfirmed = 64;

    private readonly Dictionary<ushort, CommitmentResult> _unconfirmed = [];

    /// <exception cref="DicomException">The association is gone.</exception>
    public void Serve(IncomingMessage message)
    {
        var request = NActionRequest.From(message.Command);
        try
        {
            if (request.RequestedSOPInstanceUID != DicomUids.StorageCommitmentPushModelInstance)
                throw new IdentifierException(DimseCodes.NoSuchInstance, "not the well-known instance of storage commitment");
            if (request.ActionTypeId != RequestCommitment)
                throw new IdentifierException(DimseCodes.NoSuchActionType, "not an action of storage commitment");
            var result = CommitmentResult.Of(DatasetExchange.Read(message), state.Index, state.AETitle);
            channel.Respond(message.Context, NActionResponse.To(request, DimseCodes.Success));
            Report(result, message.Context);
        }
        catch (IdentifierException e)
        {
            message.SkipDataset();
            channel.Respond(message.Context, NActionResponse.To(request, e.Status) with { ErrorComment = e.Message, OffendingElements = e.Offending });
        }
    }

    /// <summary>Takes the confirmation of a report.</summary>
    public void OnResponse(IncomingMessage message)
    {
        message.SkipDataset();
        if (message.Command is { CommandField: CommandField.NEventReportResponse, MessageIdBeingRespondedTo: { } id })
            _unconfirmed.Remove(id);
    }

    /// <summary>At the end of the association: hands on what was not confirmed.</summary>
    public void DeliverOpenReports()
    {
        foreach (var result in _unconfirmed.Values)
            state.Commitments.Deliver(result, channel.Association.CallingAETitle);
        _unconfirmed.Clear();
    }

    private void Report(CommitmentResult result, AcceptedContext context)
    {
        // A requestor that confirms nothing here may confirm what it gets on an association of its own.
        if (state.Commitments.OnNewAssociationOnly || _unconfirmed.Count >= MaxUnconfirmed)
        {
            state.Commitments.Deliver(result, channel.Association.CallingAETitle);
            return;
        }

        var id = channel.Association.NextMessageId();
        _unconfirmed.Add(id, result);
        channel.Association.Send(context, CommitmentReporter.RequestFor(result, id), DatasetExchange.Write(result.Information, context));
    }
}
