using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Files;
using PacsTools.Dicom.Network;

namespace PacsTools.Services.Simulation;

/// <summary>C-STORE as SCP (PS3.4 B.2): success is answered when the file is complete and the index knows it.</summary>
internal sealed class StoreScp(SimulatorState state, ScpChannel channel)
{
    /// <exception cref="DicomException">The association is gone.</exception>
    public void Serve(IncomingMessage message)
    {
        var request = CStoreRequest.From(message.Command);
        var response = CStoreResponse.To(request, DimseCodes.Success);
        var fault = state.InstanceFaults.Next(CommandField.CStoreRequest);
        if (fault == InstanceFault.Fail)
            response = response with { Status = state.Faults.Status ?? DimseCodes.OutOfResources };
        else if (fault != InstanceFault.Drop)
            response = Store(message, request, response);
        if (fault == InstanceFault.Warn && response.Status == DimseCodes.Success)
            response = response with { Status = state.Faults.Status ?? DimseCodes.SubOperationsIncomplete };
        message.SkipDataset();
        channel.Respond(message.Context, response);
    }

    private CStoreResponse Store(IncomingMessage message, CStoreRequest request, CStoreResponse response)
    {
        try
        {
            using var file = state.Store.Begin(new FileMetaInformation
            {
                MediaStorageSOPClassUID = request.AffectedSOPClassUID,
                MediaStorageSOPInstanceUID = request.AffectedSOPInstanceUID,
                TransferSyntaxUID = message.Context.TransferSyntax,
                SendingApplicationEntityTitle = channel.Association.CallingAETitle,
                ReceivingApplicationEntityTitle = state.AETitle,
            });
            message.ReadDatasetTo(file);
            file.Close();
            var header = HeaderReader.TryRead(file.Path);
            if (header is null)
                return response with { Status = DimseCodes.UnableToProcess, ErrorComment = "the data set cannot be read or lacks a UID" };
            if (header.SopClassUid != request.AffectedSOPClassUID || header.SopInstanceUid != request.AffectedSOPInstanceUID)
                return response with { Status = DimseCodes.IdentifierDoesNotMatch, ErrorComment = "the data set names another SOP class or instance" };
            if (file.IsBrokenOff)
                return response with { Status = DimseCodes.UnableToProcess, ErrorComment = "the data set broke off before its end" };
            Admission.Take(state, file, header);
            return response;
        }
        catch (DicomDataException e)
        {
            return response with { Status = DimseCodes.UnableToProcess, ErrorComment = e.Message };
        }
        catch (Exception e) when ((e is IOException or UnauthorizedAccessException) && channel.Association.IsUsable)
        {
            state.Log.Verbose($"{state.AETitle} could not store an instance: {e.Message}");
            return response with { Status = DimseCodes.OutOfResources, ErrorComment = e.Message };
        }
    }
}
