using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Query;

/// <summary>What a user asks of patients. Unless told otherwise it goes to the Patient Root model, the only one that has them (PS3.4 C.6.1).</summary>
internal sealed record PatientQuery : DicomQuery<DicomPatient>
{
    public string? PatientName { get; init; }

    public string? PatientID { get; init; }

    public DicomDateRange? PatientBirthDate { get; init; }

    public string? PatientSex { get; init; }

    internal override DicomPatient Read(DicomDataset dataset, PacsNode node, string[] unsupportedKeys) => PatientAttributes.Read(dataset, node, unsupportedKeys);

    protected override QueryModel ModelOn(QueryModel nodeModel) => Model ?? QueryModel.Patient;

    protected override QueryTarget TargetIn(QueryModel model) => model == QueryModel.Patient ? PatientAttributes.Target : PatientAttributes.OfStudies;

    protected override IEnumerable<(AttributePath Path, object? Value)> Given() =>
    [
        Key(DicomTags.PatientName, PatientName),
        Key(DicomTags.PatientID, PatientID),
        Key(DicomTags.PatientBirthDate, PatientBirthDate),
        Key(DicomTags.PatientSex, PatientSex),
    ];
}
