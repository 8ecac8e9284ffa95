using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Query;

/// <summary>What a user asks of studies.</summary>
internal sealed record StudyQuery : DicomQuery<DicomStudy>
{
    public string? PatientName { get; init; }

    public string? PatientID { get; init; }

    public DicomDateRange? PatientBirthDate { get; init; }

    public string? PatientSex { get; init; }

    public DicomDateRange? StudyDate { get; init; }

    public DicomTimeRange? StudyTime { get; init; }

    public string? AccessionNumber { get; init; }

    /// <summary>ModalitiesInStudy; several are asked for one after the other.</summary>
    public IReadOnlyList<string> Modality { get; init; } = [];

    public string? StudyDescription { get; init; }

    public string? StudyID { get; init; }

    public string? ReferringPhysicianName { get; init; }

    /// <summary>A list of UIDs is one key (PS3.4 C.2.2.2.2).</summary>
    public IReadOnlyList<string> StudyInstanceUID { get; init; } = [];

    internal override DicomStudy Read(DicomDataset dataset, PacsNode node, string[] unsupportedKeys) => StudyAttributes.ToStudy(dataset, node, unsupportedKeys);

    protected override QueryTarget TargetIn(QueryModel model) => StudyAttributes.Target;

    protected override IEnumerable<(AttributePath Path, object? Value)> Given() =>
    [
        Key(DicomTags.PatientName, PatientName),
        Key(DicomTags.PatientID, PatientID),
        Key(DicomTags.PatientBirthDate, PatientBirthDate),
        Key(DicomTags.PatientSex, PatientSex),
        Key(DicomTags.StudyDate, StudyDate),
        Key(DicomTags.StudyTime, StudyTime),
        Key(DicomTags.AccessionNumber, AccessionNumber),
        Key(DicomTags.StudyDescription, StudyDescription),
        Key(DicomTags.StudyID, StudyID),
        Key(DicomTags.ReferringPhysicianName, ReferringPhysicianName),
        Key(DicomTags.StudyInstanceUID, StudyInstanceUID.Count == 0 ? null : StudyInstanceUID),
    ];

    protected override IEnumerable<(AttributePath Path, IReadOnlyList<string> Values)> Alternatives() => [(AttributePath.Of(DicomTags.ModalitiesInStudy), Modality)];
}
