using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Query;

/// <summary>What a user asks of series.</summary>
internal sealed record SeriesQuery : DicomQuery<DicomSeries>
{
    /// <summary>The patient above, for the Patient Root model and relational queries; in the Study Root model the study says enough.</summary>
    public string? PatientID { get; init; }

    /// <summary>The studies above; several are asked about one after the other.</summary>
    public IReadOnlyList<string> StudyInstanceUID { get; init; } = [];

    /// <summary>A list of UIDs is one key (PS3.4 C.2.2.2.2).</summary>
    public IReadOnlyList<string> SeriesInstanceUID { get; init; } = [];

    /// <summary>Several are asked for one after the other.</summary>
    public IReadOnlyList<string> Modality { get; init; } = [];

    public string? SeriesNumber { get; init; }

    public string? SeriesDescription { get; init; }

    public DicomDateRange? SeriesDate { get; init; }

    protected override IReadOnlyList<DicomTag> Alongside => [DicomTags.PatientName, DicomTags.PatientID, DicomTags.StudyInstanceUID];

    internal override DicomSeries Read(DicomDataset dataset, PacsNode node, string[] unsupportedKeys) => SeriesAttributes.Read(dataset, node, unsupportedKeys);

    protected override QueryTarget TargetIn(QueryModel model) => SeriesAttributes.Target;

    protected override IEnumerable<(AttributePath Path, object? Value)> Given() =>
    [
        Key(DicomTags.PatientID, PatientID),
        Key(DicomTags.SeriesInstanceUID, SeriesInstanceUID.Count == 0 ? null : SeriesInstanceUID),
        Key(DicomTags.SeriesNumber, SeriesNumber),
        Key(DicomTags.SeriesDescription, SeriesDescription),
        Key(DicomTags.SeriesDate, SeriesDate),
    ];

    protected override IEnumerable<(AttributePath Path, IReadOnlyList<string> Values)> Alternatives() =>
    [
        (AttributePath.Of(DicomTags.StudyInstanceUID), StudyInstanceUID),
        (AttributePath.Of(DicomTags.Modality), Modality),
    ];
}
