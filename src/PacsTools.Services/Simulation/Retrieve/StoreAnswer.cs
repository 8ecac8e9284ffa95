using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;

namespace PacsTools.Services.Simulation;

/// <summary>What was answered to a C-STORE of the simulator's.</summary>
internal static class StoreAnswer
{
    /// <summary>The status.</summary>
    /// <exception cref="DicomProtocolException">It is the answer to something else, or none; the association has been aborted.</exception>
    public static ushort StatusOf(IncomingMessage message, CStoreRequest request, Association association)
    {
        try
        {
            message.SkipDataset();
            var response = CStoreResponse.From(message.Command);
            return response.MessageIdBeingRespondedTo == request.MessageId
                ? response.Status
                : throw new DicomProtocolException($"{association.Peer} answered message {response.MessageIdBeingRespondedTo} instead of {request.MessageId}", "Message ID Being Responded To");
        }
        catch (DicomProtocolException)
        {
            association.Abort();
            throw;
        }
    }
}
