using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Query;

/// <summary>What a user asks of a modality worklist (PS3.4 K). There is one information model and no levels.</summary>
internal sealed record WorklistQuery : DicomQuery<DicomWorklistItem>
{
    /// <summary>Scheduled Procedure Step Start Date.</summary>
    public DicomDateRange? ScheduledDate { get; init; }

    public string? ScheduledStationAETitle { get; init; }

    /// <summary>Several are asked for one after the other.</summary>
    public IReadOnlyList<string> Modality { get; init; } = [];

    public string? PatientName { get; init; }

    public string? PatientID { get; init; }

    public string? AccessionNumber { get; init; }

    internal override string SopClassUid(QueryModel model) => DicomUids.ModalityWorklistInformationModelFind;

    internal override DicomWorklistItem Read(DicomDataset dataset, PacsNode node, string[] unsupportedKeys) => WorklistAttributes.Read(dataset, node, unsupportedKeys);

    protected override QueryTarget TargetIn(QueryModel model) => !Relational
        ? WorklistAttributes.Target
        : throw new QueryKeyException("Query.NoLevels", nameof(Relational), "a worklist has no levels, so there is nothing to be relational about (PS3.4 K.6.1.2).");

    protected override IEnumerable<(AttributePath Path, object? Value)> Given() =>
    [
        (WorklistAttributes.InStep(DicomTags.ScheduledProcedureStepStartDate), ScheduledDate),
        (WorklistAttributes.InStep(DicomTags.ScheduledStationAETitle), ScheduledStationAETitle),
        Key(DicomTags.PatientName, PatientName),
        Key(DicomTags.PatientID, PatientID),
        Key(DicomTags.AccessionNumber, AccessionNumber),
    ];

    protected override IEnumerable<(AttributePath Path, IReadOnlyList<string> Values)> Alternatives() => [(WorklistAttributes.InStep(DicomTags.Modality), Modality)];
}
