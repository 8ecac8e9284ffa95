using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;

namespace PacsTools.Services.Simulation;

/// <summary>C-MOVE as SCP (PS3.4 C.4.2.3): sends to the AE title the requestor names, if it is known.</summary>
internal sealed class MoveScp(SimulatorState state, ScpChannel channel)
{
    /// <exception cref="DicomException">The association is gone.</exception>
    public void Serve(IncomingMessage message)
    {
        var request = CMoveRequest.From(message.Command);
        var context = message.Context;
        try
        {
            var rules = SimulatorNegotiation.RulesFor(channel.Association, context.AbstractSyntax);
            var identifier = DatasetExchange.Read(message);
            state.Journal?.NoteAsked(CommandField.CMoveRequest, identifier);
            var instances = RetrieveSelection.Read(state.Index, identifier, InformationModel.Of(context.AbstractSyntax), rules);
            var target = state.Resolve(request.MoveDestination)
                ?? throw new IdentifierException(DimseCodes.MoveDestinationUnknown, $"move destination {request.MoveDestination} is not known");
            using var sender = new DestinationSender(state, target, request, channel.Association.CallingAETitle, new DestinationContexts(instances));
            new SubOperationRun(state, channel, context, status => CMoveResponse.To(request, status))
                .Run(instances, sender.Send, () => channel.IsCancelled(request.MessageId));
        }
        catch (IdentifierException e)
        {
            channel.RespondLast(context, CMoveResponse.To(request, e.Status) with { ErrorComment = e.Message, OffendingElements = e.Offending });
        }
    }
}
