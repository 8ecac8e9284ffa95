using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;

namespace PacsTools.Services.Simulation;

/// <summary>Serves one association: hands each request to the part that knows its service, one at a time.</summary>
internal sealed class SimulatorSession
{
    private const ushort ResponseBit = 0x8000;

    private readonly SimulatorState _state;
    private readonly ScpChannel _channel;
    private readonly CommitmentScp _commitment;

    public SimulatorSession(Association association, SimulatorState state)
    {
        _state = state;
        _channel = new ScpChannel(association, state);
        _commitment = new CommitmentScp(state, _channel);
    }

    /// <exception cref="DicomException">The association failed.</exception>
    public void Serve()
    {
        if (_state.Faults.AbortAssociation && _state.Budget.Concerns(_channel.Association.Contexts.Select(context => context.AbstractSyntax)) && _state.Budget.Take())
        {
            _channel.Association.Abort();
            return;
        }

        try
        {
            while (_channel.Association.Receive() is { } message)
            {
                _state.Journal?.NoteBusy(1);
                try
                {
                    Answer(message);
                }
                finally
                {
                    _state.Journal?.NoteBusy(-1);
                }
            }
        }
        finally
        {
            _channel.Ended();
            _commitment.DeliverOpenReports();
        }
    }

    private void Answer(IncomingMessage message)
    {
        var command = message.Command;
        if (command.CommandField.IsResponse())
        {
            _commitment.OnResponse(message);
            return;
        }

        if (command.CommandField == CommandField.CCancelRequest)
        {
            // It came after the final response: there is nothing left to cancel (PS3.7 9.3.2.3).
            return;
        }

        _channel.Operation = command.CommandField;
        if (Refusal(message) is { } status)
        {
            message.SkipDataset();
            _channel.Respond(message.Context, Plain(command, status));
            return;
        }

        switch (command.CommandField)
        {
            case CommandField.CEchoRequest:
                _channel.Respond(message.Context, CEchoResponse.To(CEchoRequest.From(command), DimseCodes.Success));
                break;
            case CommandField.CFindRequest:
                new FindScp(_state, _channel).Serve(message);
                break;
            case CommandField.CMoveRequest:
                new MoveScp(_state, _channel).Serve(message);
                break;
            case CommandField.CGetRequest:
                new GetScp(_state, _channel).Serve(message);
                break;
            case CommandField.CStoreRequest:
                new StoreScp(_state, _channel).Serve(message);
                break;
            case CommandField.NActionRequest:
                _commitment.Serve(message);
                break;
        }
    }

    /// <summary>The status of a request that is not to be served at all; null if it is.</summary>
    private ushort? Refusal(IncomingMessage message)
    {
        if (_state.Faults.AnswersOnlyStatus && _state.Budget.Concerns(message.Command.CommandField) && _state.Budget.Take())
            return _state.Faults.Status;
        if (!Fits(message.Command.CommandField, message.Context.AbstractSyntax))
            return DimseCodes.UnrecognizedOperation;
        var named = message.Command.AffectedSOPClassUID ?? message.Command.RequestedSOPClassUID;
        return named is null || named == message.Context.AbstractSyntax ? null : DimseCodes.SopClassNotSupported;
    }

    private static bool Fits(CommandField field, string sopClass) => field switch
    {
        CommandField.CEchoRequest => sopClass == DicomUids.Verification,
        CommandField.CFindRequest => sopClass is DicomUids.StudyRootFind or DicomUids.PatientRootFind or DicomUids.ModalityWorklistFind,
        CommandField.CMoveRequest => sopClass is DicomUids.StudyRootMove or DicomUids.PatientRootMove,
        CommandField.CGetRequest => sopClass is DicomUids.StudyRootGet or DicomUids.PatientRootGet,
        CommandField.CStoreRequest => SimulatorNegotiation.IsStorage(sopClass),
        CommandField.NActionRequest => sopClass == DicomUids.StorageCommitmentPushModel,
        _ => false,
    };

    /// <summary>The response to whatever request, with what every response repeats (PS3.7 9.3, 10.3).</summary>
    private static CommandSet Plain(CommandSet request, ushort status) => new()
    {
        CommandField = (CommandField)((ushort)request.CommandField | ResponseBit),
        MessageIdBeingRespondedTo = request.MessageId,
        AffectedSOPClassUID = request.AffectedSOPClassUID ?? request.RequestedSOPClassUID,
        AffectedSOPInstanceUID = request.AffectedSOPInstanceUID ?? request.RequestedSOPInstanceUID,
        Status = status,
    };
}
