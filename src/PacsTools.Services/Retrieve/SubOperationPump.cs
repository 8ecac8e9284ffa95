using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;

namespace PacsTools.Services.Retrieve;

/// <summary>Follows the responses of one C-MOVE or C-GET to the final one (PS3.4 C.4.2, C.4.3).</summary>
/// <param name="association">The association of the request.</param>
/// <param name="messageId">The message id of the request.</param>
/// <param name="read">Reads a response.</param>
/// <param name="observe">Told the counters with every response.</param>
internal sealed class SubOperationPump(Association association, ushort messageId, Func<CommandSet, SubOperationsResponse> read, Action<SubOperationCounts> observe)
{
    private SubOperationCounts _counts;

    /// <summary>Takes one message.</summary>
    /// <returns>The outcome if it was the final response, else null.</returns>
    /// <exception cref="DicomProtocolException">It is no response to this request.</exception>
    public RoadOutcome? Take(IncomingMessage message)
    {
        var response = read(message.Command);
        if (response.MessageIdBeingRespondedTo != messageId)
            throw new DicomProtocolException($"a response to message {response.MessageIdBeingRespondedTo} came, which was never sent", "Message ID Being Responded To");
        _counts = _counts.With(response);
        observe(_counts);
        if (response.Status is 0xFF00 or 0xFF01)
        {
            // PS3.4 C.4.2.3.1: pending responses carry no identifier; whatever some send is not ours to judge.
            message.SkipDataset();
            return null;
        }

        return new RoadOutcome
        {
            Status = response.Status,
            Counts = _counts,
            FailedSOPInstanceUIDs = FailedUids(message),
            ErrorComment = response.ErrorComment,
            OffendingElements = [.. response.OffendingElements.Select(e => e.ToString())],
        };
    }

    /// <summary>The next message; the archive may not release before the final response.</summary>
    /// <exception cref="DicomException">The association is gone.</exception>
    public IncomingMessage Receive(string operation) => association.Receive()
        ?? throw new AssociationAbortedException($"{association.Peer} released the association before the {operation} had ended", 0, 0, byPeer: true);

    private static IReadOnlyList<string> FailedUids(IncomingMessage message)
    {
        if (!message.HasDataSet)
            return [];
        try
        {
            var dataset = DatasetReader.Read(message.ReadDataset(), TransferSyntax.Get(message.Context.TransferSyntax), new DatasetReadOptions { Lenient = true });
            return [.. dataset.GetStrings(DicomTags.FailedSOPInstanceUIDList).Where(u => u.Length > 0).Distinct(StringComparer.Ordinal)];
        }
        catch (DicomDataException)
        {
            // The list is optional, and the counters stand without it.
            return [];
        }
    }
}
