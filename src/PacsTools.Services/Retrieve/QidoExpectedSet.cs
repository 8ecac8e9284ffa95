using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Nodes;
using PacsTools.Services.Web;

namespace PacsTools.Services.Retrieve;

/// <summary>Asks by QIDO-RS what a retrieve should bring (PS3.18 10.6): the series of the study, then the instances series by series. No association is needed.</summary>
internal sealed class QidoExpectedSet(TimeProvider time) : IExpectedSetSource
{
    /// <inheritdoc/>
    public async Task<ExpectedSet> RunAsync(RetrieveRequest request, CancellationToken cancellationToken)
    {
        var told = new ToldSet();
        try
        {
            var qido = new QidoRsClient(new DicomWebClient(request.Node, request.Timeout ?? request.Node.Timeout ?? PacsDefaults.FindTimeout, time));
            var sizes = await AskSeriesAsync(qido, request, told, cancellationToken).ConfigureAwait(false);
            foreach (var (series, size) in sizes)
            {
                await AskInstancesAsync(qido, request, series, size, told, cancellationToken).ConfigureAwait(false);
                if (told.IsBeyondBounds)
                    break;
            }

            told.AddAskedFor(request);
            return told.ToSet(named: told.Problem is null);
        }
        catch (DicomException e)
        {
            told.Problem = e.Message;
            told.MayBeAskedAgain = e is DicomNetworkException or DicomTimeoutException or DicomWebException { IsTransient: true };
            return told.ToSet(named: false);
        }
    }

    private static async Task<Dictionary<string, int?>> AskSeriesAsync(QidoRsClient qido, RetrieveRequest request, ToldSet told, CancellationToken cancellationToken)
    {
        Dictionary<string, int?> sizes = new(StringComparer.Ordinal);
        if (request.Level == RetrieveLevel.Image)
        {
            sizes[request.SeriesInstanceUIDs[0]] = null;
            return sizes;
        }

        var path = DicomWebClient.Path("studies", request.StudyInstanceUID, "series");
        var only = request.Level == RetrieveLevel.Series ? request.SeriesInstanceUIDs.Count : int.MaxValue;
        await foreach (var match in qido.SearchAsync(path, "", DicomTags.SeriesInstanceUID, _ => sizes.Count == only, cancellationToken).ConfigureAwait(false))
        {
            if (!MatchUids.IsOfStudy(match, request) || MatchUids.Of(match, DicomTags.SeriesInstanceUID) is not { } series)
                continue;
            if (request.Level == RetrieveLevel.Series && !request.SeriesInstanceUIDs.Contains(series))
                continue;
            sizes[series] = match.GetInt32(DicomTags.NumberOfSeriesRelatedInstances);
            if (match.GetString(DicomTags.Modality)?.Trim() is { Length: > 0 } modality)
                told.Modalities.Add(modality);
        }

        told.Announced = sizes.Count > 0 && sizes.Values.All(s => s is not null) ? sizes.Values.Sum() : null;
        return sizes;
    }

    private static async Task AskInstancesAsync(QidoRsClient qido, RetrieveRequest request, string series, int? size, ToldSet told, CancellationToken cancellationToken)
    {
        var path = DicomWebClient.Path("studies", request.StudyInstanceUID, "series", series, "instances");
        await foreach (var match in qido.SearchAsync(path, "", DicomTags.SOPInstanceUID, count => count >= size, cancellationToken).ConfigureAwait(false))
        {
            if (!MatchUids.IsOfStudy(match, request)
                || (MatchUids.Of(match, DicomTags.SeriesInstanceUID) is { } said && said != series)
                || MatchUids.Of(match, DicomTags.SOPInstanceUID) is not { } uid)
                continue;
            if (request.Level == RetrieveLevel.Image && !request.SOPInstanceUIDs.Contains(uid))
                continue;
            told.Instances.TryAdd(uid, new ExpectedInstance(uid, MatchUids.Of(match, DicomTags.SOPClassUID), series));
            if (told.IsBeyondBounds)
                return;
        }
    }
}
