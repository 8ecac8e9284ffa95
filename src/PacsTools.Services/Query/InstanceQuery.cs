using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Query;

/// <summary>What a user asks of instances.</summary>
internal sealed record InstanceQuery : DicomQuery<DicomInstanceInfo>
{
    /// <summary>The patient above, for the Patient Root model and relational queries; in the Study Root model the study says enough.</summary>
    public string? PatientID { get; init; }

    /// <summary>The studies above; several are asked about one after the other.</summary>
    public IReadOnlyList<string> StudyInstanceUID { get; init; } = [];

    /// <summary>The series above; several are asked about one after the other. None: every series of the study, which is asked for first.</summary>
    public IReadOnlyList<string> SeriesInstanceUID { get; init; } = [];

    /// <summary>A list of UIDs is one key (PS3.4 C.2.2.2.2).</summary>
    public IReadOnlyList<string> SOPInstanceUID { get; init; } = [];

    public string? InstanceNumber { get; init; }

    protected override IReadOnlyList<DicomTag> Alongside =>
        [DicomTags.PatientName, DicomTags.PatientID, DicomTags.StudyInstanceUID, DicomTags.SeriesInstanceUID];

    internal override DicomInstanceInfo Read(DicomDataset dataset, PacsNode node, string[] unsupportedKeys) => InstanceAttributes.Read(dataset, node, unsupportedKeys);

    protected override QueryTarget TargetIn(QueryModel model) => InstanceAttributes.Target;

    protected override IEnumerable<(AttributePath Path, object? Value)> Given() =>
    [
        Key(DicomTags.PatientID, PatientID),
        Key(DicomTags.SOPInstanceUID, SOPInstanceUID.Count == 0 ? null : SOPInstanceUID),
        Key(DicomTags.InstanceNumber, InstanceNumber),
    ];

    protected override IEnumerable<(AttributePath Path, IReadOnlyList<string> Values)> Alternatives() =>
    [
        (AttributePath.Of(DicomTags.StudyInstanceUID), StudyInstanceUID),
        (AttributePath.Of(DicomTags.SeriesInstanceUID), SeriesInstanceUID),
    ];
}
