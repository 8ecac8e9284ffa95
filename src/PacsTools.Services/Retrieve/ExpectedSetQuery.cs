using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Nodes;
using PacsTools.Services.Query;
using PacsTools.Services.Resilience;

namespace PacsTools.Services.Retrieve;

/// <summary>
/// Asks an archive what a retrieve should bring: the series of the study, then the instances series by series. Never all instances of a study
/// at once: that is a relational query, which archives may refuse (PS3.4 C.4.1.2.2).
/// </summary>
internal sealed class ExpectedSetQuery(FindScu find) : IExpectedSetSource
{
    /// <exception cref="OperationCanceledException">Cancelled; the archive has been told.</exception>
    public async Task<ExpectedSet> RunAsync(RetrieveRequest request, CancellationToken cancellationToken)
    {
        var told = new ToldSet();
        try
        {
            await AskSeriesAsync(request, told, cancellationToken).ConfigureAwait(false);
            await AskInstancesAsync(request, told, cancellationToken).ConfigureAwait(false);
            return told.ToSet(named: told.Problem is null);
        }
        catch (DicomException e)
        {
            told.Problem = e.Message;
            told.MayBeAskedAgain = e is DicomNetworkException or DicomTimeoutException or AssociationRejectedException or AssociationAbortedException;
        }

        if (told.Announced is null && !told.MayBeAskedAgain && request.Level == RetrieveLevel.Study)
            await AskNumberAsync(request, told, cancellationToken).ConfigureAwait(false);
        return told.ToSet(named: false);
    }

    private async Task AskSeriesAsync(RetrieveRequest request, ToldSet told, CancellationToken cancellationToken)
    {
        if (request.Level == RetrieveLevel.Image)
        {
            told.Series.Add(request.SeriesInstanceUIDs[0]);
            return;
        }

        var identifier = Identifier(request, "SERIES");
        identifier.SetEmpty(DicomTags.SeriesInstanceUID);
        identifier.SetEmpty(DicomTags.Modality);
        identifier.SetEmpty(DicomTags.NumberOfSeriesRelatedInstances);
        int? announced = 0;
        await foreach (var match in AskAsync(request, [identifier], cancellationToken).ConfigureAwait(false))
        {
            if (!MatchUids.IsOfStudy(match.Dataset, request) || MatchUids.Of(match.Dataset, DicomTags.SeriesInstanceUID) is not { } series)
                continue;
            if (request.Level == RetrieveLevel.Series && !request.SeriesInstanceUIDs.Contains(series))
                continue;
            if (!told.Series.Add(series))
                continue;
            announced += match.Dataset.GetInt32(DicomTags.NumberOfSeriesRelatedInstances);
            if (match.Dataset.GetString(DicomTags.Modality) is { Length: > 0 } modality)
                told.Modalities.Add(modality.Trim());
        }

        told.Announced = told.Series.Count == 0 ? null : announced;
    }

    private async Task AskInstancesAsync(RetrieveRequest request, ToldSet told, CancellationToken cancellationToken)
    {
        if (told.Series.Count == 0)
            return;
        var series = told.Series.ToList();
        var identifiers = series.ConvertAll(uid =>
        {
            var identifier = Identifier(request, "IMAGE");
            identifier.SetString(DicomTags.SeriesInstanceUID, uid);
            identifier.SetEmpty(DicomTags.SOPInstanceUID);
            identifier.SetEmpty(DicomTags.SOPClassUID);
            return identifier;
        });
        await foreach (var match in AskAsync(request, identifiers, cancellationToken).ConfigureAwait(false))
        {
            var of = series[match.Identifier];
            if (!MatchUids.IsOfStudy(match.Dataset, request)
                || (MatchUids.Of(match.Dataset, DicomTags.SeriesInstanceUID) is { } said && said != of)
                || MatchUids.Of(match.Dataset, DicomTags.SOPInstanceUID) is not { } uid)
                continue;
            if (request.Level == RetrieveLevel.Image && !request.SOPInstanceUIDs.Contains(uid))
                continue;
            told.Instances.TryAdd(uid, new ExpectedInstance(uid, MatchUids.Of(match.Dataset, DicomTags.SOPClassUID), of));
            if (told.IsBeyondBounds)
                return;
        }

        told.AddAskedFor(request);
    }

    private async Task AskNumberAsync(RetrieveRequest request, ToldSet told, CancellationToken cancellationToken)
    {
        var identifier = Identifier(request, "STUDY");
        identifier.SetEmpty(DicomTags.NumberOfStudyRelatedInstances);
        identifier.SetEmpty(DicomTags.ModalitiesInStudy);
        try
        {
            await foreach (var match in AskAsync(request, [identifier], cancellationToken).ConfigureAwait(false))
            {
                if (!MatchUids.IsOfStudy(match.Dataset, request))
                    continue;
                told.Announced = match.Dataset.GetInt32(DicomTags.NumberOfStudyRelatedInstances) ?? told.Announced;
                told.Modalities.UnionWith(match.Dataset.GetStrings(DicomTags.ModalitiesInStudy).Where(m => m.Length > 0));
            }
        }
        catch (DicomException)
        {
            // The first problem is the one to tell.
        }
    }

    private IAsyncEnumerable<FindMatch> AskAsync(RetrieveRequest request, IReadOnlyList<DicomDataset> identifiers, CancellationToken cancellationToken) =>
        find.FindAsync(
            request.Node,
            new FindRequest { Identifiers = identifiers, SopClassUid = request.Node.QueryModel == QueryModel.Patient ? DicomUids.PatientRootFind : DicomUids.StudyRootFind, Retry = RetryPolicy.None },
            cancellationToken);

    private static DicomDataset Identifier(RetrieveRequest request, string level)
    {
        var identifier = new DicomDataset();
        identifier.SetString(DicomTags.QueryRetrieveLevel, level);
        if (request.Node.QueryModel == QueryModel.Patient && request.PatientID is { } patient)
            identifier.SetString(DicomTags.PatientID, patient);
        identifier.SetString(DicomTags.StudyInstanceUID, request.StudyInstanceUID);
        return identifier;
    }
}
