using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Diagnosis;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Acceptance;

/// <summary>Asks an archive what it is, what it can do and what it holds. Nothing is stored, moved or retrieved.</summary>
internal sealed class AcceptanceSurvey
{
    private const int Echoes = 3;
    private const string NobodysAETitle = "NOBODY_BY_TITLE";

    /// <exception cref="DicomException">The archive does not answer.</exception>
    /// <exception cref="AcceptanceException">A study that was asked for is not there.</exception>
    public async Task<AcceptanceAgreement> AskAsync(AcceptanceRequest request, IJobLog log, CancellationToken cancellationToken)
    {
        var node = request.Node;
        var echoes = await EchoAsync(node, Echoes, cancellationToken).ConfigureAwait(false);
        if (echoes.Find(e => e.Error is not null) is { } failed)
            throw failed.Error!;
        var found = await new CapabilityProbe().ProbeAsync(node, CapabilityClasses.All, request.Retry, log, cancellationToken).ConfigureAwait(false);
        var offered = new OfferedServices(node, found);
        node = node with { QueryModel = offered.QueryModel };
        offered.NoteRoads();
        var modality = offered.Modality();
        offered.Offers("PatientFind", DicomUids.PatientRootFind);
        offered.Offers("Worklist", DicomUids.ModalityWorklistFind);
        offered.Offers("Commitment", DicomUids.StorageCommitmentPushModel);
        if (request.SkipSend)
            offered.Note("Send", "nothing is to be written to this archive");
        await TryTitlesAsync(node, offered, cancellationToken).ConfigureAwait(false);
        var samples = offered.Find ? await SamplesAsync(node, request, log, cancellationToken).ConfigureAwait(false) : [];
        if (samples.Count == 0)
            offered.Note("Sample", "no study was found to agree on");
        return new AcceptanceAgreement
        {
            Node = node,
            Capabilities = found,
            Limits = AcceptanceLimits.From(echoes),
            Studies = samples,
            Modality = modality,
            NotOffered = offered.NotOffered,
        };
    }

    private static async Task<IReadOnlyList<AcceptanceSample>> SamplesAsync(PacsNode node, AcceptanceRequest request, IJobLog log, CancellationToken cancellationToken)
    {
        try
        {
            return await new SampleSearch(node, request, log).ChooseAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DimseStatusException e) when (request.StudyInstanceUID.Count == 0)
        {
            log.Warning("Acceptance.NoSample", $"No study could be chosen to agree on: {e.Message} Name some of them.");
            return [];
        }
    }

    // Many archives answer whoever calls, under whatever title. Only one that checks can be held to it.
    private static async Task TryTitlesAsync(PacsNode node, OfferedServices offered, CancellationToken cancellationToken)
    {
        if (!await RejectsAsync(node with { CalledAETitle = NobodysAETitle }, cancellationToken).ConfigureAwait(false))
            offered.Note("UnknownCalledAETitle", "it answers to any called AE title");
        if (!await RejectsAsync(node with { CallingAETitle = NobodysAETitle }, cancellationToken).ConfigureAwait(false))
            offered.Note("UnknownCallingAETitle", "it answers any calling AE title");
    }

    private static async Task<bool> RejectsAsync(PacsNode node, CancellationToken cancellationToken) =>
        (await EchoAsync(node, 1, cancellationToken).ConfigureAwait(false)).Exists(e => e.Error is AssociationRejectedException);

    private static async Task<List<EchoResult>> EchoAsync(PacsNode node, int count, CancellationToken cancellationToken)
    {
        var results = new List<EchoResult>();
        await foreach (var result in new EchoScu().EchoAsync(node, count, cancellationToken: cancellationToken).ConfigureAwait(false))
            results.Add(result);
        return results;
    }
}
