using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Nodes;
using PacsTools.Services.Query;
using PacsTools.Services.Resilience;

namespace PacsTools.Services.Retrieve;

/// <summary>Finds the Patient ID of a study, which a retrieve in the Patient Root model has to name (PS3.4 C.6.1.1).</summary>
internal sealed class PatientLookup(FindScu find)
{
    /// <summary>The request with a PatientID if its model needs one.</summary>
    /// <exception cref="RetrieveException">The archive does not tell.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<RetrieveRequest> CompleteAsync(RetrieveRequest request, CancellationToken cancellationToken) =>
        request.Node.QueryModel == QueryModel.Patient && string.IsNullOrWhiteSpace(request.PatientID)
            ? request with { PatientID = await FindAsync(request, cancellationToken).ConfigureAwait(false) }
            : request;

    /// <exception cref="RetrieveException">The archive does not tell.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<string> FindAsync(RetrieveRequest request, CancellationToken cancellationToken)
    {
        // By Study Root the study is enough. Archives without it often take the same in Patient Root, although that is relational there.
        Exception? reason = null;
        foreach (var model in new[] { DicomUids.StudyRootFind, DicomUids.PatientRootFind })
        {
            try
            {
                if (await AskAsync(request, model, cancellationToken).ConfigureAwait(false) is { } id)
                    return id;
            }
            catch (DicomException e)
            {
                reason ??= e;
            }
        }

        throw new RetrieveException("Retrieve.PatientUnknown", $"{request.Node} does not tell the PatientID of the study, which a retrieve in the Patient Root model needs.{(reason is null ? "" : " " + reason.Message)}", reason)
        {
            Node = request.Node,
            StudyInstanceUID = request.StudyInstanceUID,
            Advice = "Give the PatientID, or use the Study Root model.",
        };
    }

    private async Task<string?> AskAsync(RetrieveRequest request, string model, CancellationToken cancellationToken)
    {
        var identifier = new DicomDataset();
        identifier.SetString(DicomTags.QueryRetrieveLevel, "STUDY");
        identifier.SetEmpty(DicomTags.PatientID);
        identifier.SetString(DicomTags.StudyInstanceUID, request.StudyInstanceUID);
        var query = new FindRequest { Identifiers = [identifier], SopClassUid = model, Retry = RetryPolicy.None };
        await foreach (var match in find.FindAsync(request.Node, query, cancellationToken).ConfigureAwait(false))
        {
            if (match.Dataset.GetString(DicomTags.StudyInstanceUID)?.Trim() == request.StudyInstanceUID && match.Dataset.GetString(DicomTags.PatientID) is { Length: > 0 } id)
                return id;
        }

        return null;
    }
}
