using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;
using PacsTools.Services.Web;

namespace PacsTools.Services.Retrieve;

/// <summary>
/// Finds by QIDO-RS where a series or an instance belongs of which only its own UID is known (PS3.18 10.6.1). A C-FIND cannot be asked: without relational
/// queries the UIDs above it have to be known (PS3.4 C.4.1.2.1).
/// </summary>
internal sealed class WebUidLookup(TimeProvider? time = null)
{
    /// <summary>True if the archive may be asked, by the node's address and the road that is wanted.</summary>
    public static bool IsPossible(RetrieveRequest request) =>
        request.Node.DicomWebUri is not null && request.Method is RetrieveMethod.DicomWeb or RetrieveMethod.Auto;

    /// <summary>The study of a series.</summary>
    /// <exception cref="ArgumentException">The UID is none; nothing was sent.</exception>
    /// <exception cref="DicomException">The archive does not know it, or cannot be asked.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<string> StudyOfSeriesAsync(RetrieveRequest request, string series, IJobLog log, CancellationToken cancellationToken) =>
        (await AskAsync(request, "series", "SeriesInstanceUID", DicomTags.SeriesInstanceUID, series, log, cancellationToken).ConfigureAwait(false)).Study;

    /// <summary>Study and series of an instance.</summary>
    /// <inheritdoc cref="StudyOfSeriesAsync"/>
    public Task<(string Study, string Series)> ParentsOfInstanceAsync(RetrieveRequest request, string instance, IJobLog log, CancellationToken cancellationToken) =>
        AskAsync(request, "instances", "SOPInstanceUID", DicomTags.SOPInstanceUID, instance, log, cancellationToken);

    private Task<(string Study, string Series)> AskAsync(
        RetrieveRequest request, string level, string keyword, DicomTag key, string uid, IJobLog log, CancellationToken cancellationToken)
    {
        RetrieveIdentifier.CheckUid(uid, keyword);
        return request.Retry.RunAsync($"QIDO-RS at {request.Node.DicomWebUri}", (sequence, cancelled) => TryAsync(sequence, cancelled), log, cancellationToken);

        async Task<(string, string)> TryAsync(RetrySequence sequence, CancellationToken cancelled)
        {
            var silence = (request.Timeout ?? request.Node.Timeout ?? PacsDefaults.FindTimeout) * sequence.TimeoutFactor;
            var qido = new QidoRsClient(new DicomWebClient(request.Node, silence, time ?? TimeProvider.System));
            HashSet<(string Study, string Series)> found = [];
            var query = $"{keyword}={Uri.EscapeDataString(uid)}&includefield=StudyInstanceUID&includefield=SeriesInstanceUID";
            await foreach (var match in qido.SearchAsync(level, query, key, _ => false, cancelled).ConfigureAwait(false))
            {
                // A server that does not know the key answers with everything it has.
                if (Uid(match, key) != uid)
                    continue;
                if (Uid(match, DicomTags.StudyInstanceUID) is { } study && Uid(match, DicomTags.SeriesInstanceUID) is { } series)
                    found.Add((study, series));
            }

            return found.Count == 1 ? found.First() : throw new DicomWebException(
                found.Count == 0 ? "DicomWeb.NotFound" : "DicomWeb.Ambiguous",
                $"{request.Node.DicomWebUri} {(found.Count == 0 ? "does not tell" : "tells of several places")} where {uid} belongs.")
            {
                Advice = "Give the UIDs of the study and the series.",
            };
        }
    }

    private static string? Uid(DicomDataset match, DicomTag tag) => match.GetString(tag)?.Trim(' ', '\0') is { Length: > 0 } uid ? uid : null;
}
