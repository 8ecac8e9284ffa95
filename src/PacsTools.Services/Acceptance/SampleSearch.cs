using PacsTools.Dicom.Errors;
using PacsTools.Services.Nodes;
using PacsTools.Services.Query;

namespace PacsTools.Services.Acceptance;

/// <summary>Chooses studies to agree on: small ones, so that a suite is quick, of several kinds, and one with a name beyond ASCII if there is any.</summary>
internal sealed class SampleSearch(PacsNode node, AcceptanceRequest request, IJobLog log)
{
    private const int MaxCandidates = 200;
    private const int MaxInstances = 300;

    private readonly QueryFinder _finder = new();

    /// <exception cref="AcceptanceException">A study that was asked for is not there.</exception>
    /// <exception cref="DicomException">The archive does not answer queries.</exception>
    public async Task<IReadOnlyList<AcceptanceSample>> ChooseAsync(CancellationToken cancellationToken)
    {
        if (request.StudyInstanceUID.Count > 0)
            return await GivenAsync(cancellationToken).ConfigureAwait(false);
        var samples = new List<AcceptanceSample>();
        foreach (var study in InOrder(await CandidatesAsync(cancellationToken).ConfigureAwait(false)))
        {
            if (samples.Count == request.SampleSize)
                break;
            if (await CountAsync(study, MaxInstances, cancellationToken).ConfigureAwait(false) is { Series: > 0, Instances: > 0 } sample)
                samples.Add(sample);
        }

        return samples;
    }

    /// <summary>Several kinds first, small ones before large ones; of one instance alone little can be proved.</summary>
    internal static IEnumerable<DicomStudy> InOrder(IEnumerable<DicomStudy> candidates)
    {
        var usable = candidates
            .Where(s => !string.IsNullOrEmpty(s.StudyInstanceUID) && !string.IsNullOrEmpty(s.PatientID) && !(s.NumberOfStudyRelatedInstances > MaxInstances))
            .OrderBy(s => s.StudyDate is null)
            .ThenBy(s => s.NumberOfStudyRelatedInstances is 1)
            .ThenBy(s => s.NumberOfStudyRelatedInstances ?? MaxInstances)
            .ToList();
        var foreign = usable.Where(s => s.PatientName?.Any(c => c > '\x7F') == true).Take(1);
        var kinds = usable.DistinctBy(s => string.Join('\\', s.ModalitiesInStudy));
        return foreign.Concat(kinds).Concat(usable).DistinctBy(s => s.StudyInstanceUID, StringComparer.Ordinal);
    }

    private async Task<IReadOnlyList<AcceptanceSample>> GivenAsync(CancellationToken cancellationToken)
    {
        var samples = new List<AcceptanceSample>();
        foreach (var uid in request.StudyInstanceUID.Distinct(StringComparer.Ordinal))
        {
            var found = await ListAsync(new StudyQuery { StudyInstanceUID = [uid], Retry = request.Retry }, cancellationToken).ConfigureAwait(false);
            if (found.Count == 0)
                throw new AcceptanceException("Acceptance.StudyNotFound", $"{node} does not find the study {uid}; no suite was written.") { Advice = "Give studies of this archive, or none to have some chosen." };
            // An archive that leaves the UID out of its answer has found the study all the same.
            samples.Add((await CountAsync(found[0] with { StudyInstanceUID = uid }, int.MaxValue, cancellationToken).ConfigureAwait(false))!);
        }

        return samples;
    }

    private async Task<List<DicomStudy>> CandidatesAsync(CancellationToken cancellationToken)
    {
        var candidates = new List<DicomStudy>();
        try
        {
            await foreach (var study in _finder.FindAsync(node, new StudyQuery { MaxResults = MaxCandidates, Retry = request.Retry }, log, cancellationToken).ConfigureAwait(false))
                candidates.Add(study);
        }
        catch (DimseStatusException e) when (candidates.Count > 0)
        {
            // Some archives stop with an error after so many; what came is enough to choose from.
            log.Verbose($"{node} ended the search for a sample with status {e.Status:X4} after {candidates.Count} studies.");
        }

        return candidates;
    }

    // Null if there are more instances than the limit.
    private async Task<AcceptanceSample?> CountAsync(DicomStudy study, int limit, CancellationToken cancellationToken)
    {
        string[] uid = [study.StudyInstanceUID!];
        var series = await ListAsync(new SeriesQuery { StudyInstanceUID = uid, PatientID = study.PatientID, Retry = request.Retry }, cancellationToken).ConfigureAwait(false);
        var most = limit == int.MaxValue ? (int?)null : limit + 1;
        var instances = await ListAsync(new InstanceQuery { StudyInstanceUID = uid, PatientID = study.PatientID, MaxResults = most, Retry = request.Retry }, cancellationToken).ConfigureAwait(false);
        return instances.Count > limit ? null : new AcceptanceSample(uid[0], series.Count, instances.Count);
    }

    private async Task<List<T>> ListAsync<T>(DicomQuery<T> query, CancellationToken cancellationToken)
    {
        var results = new List<T>();
        await foreach (var result in _finder.FindAsync(node, query, log, cancellationToken).ConfigureAwait(false))
            results.Add(result);
        return results;
    }
}
