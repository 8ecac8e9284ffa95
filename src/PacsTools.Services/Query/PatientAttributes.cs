using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Query;

/// <summary>What a PATIENT query asks for, and how a response becomes a <see cref="DicomPatient"/>.</summary>
internal static class PatientAttributes
{
    /// <summary>Every attribute of <see cref="DicomPatient"/>; the required keys are those of PS3.4 Table C.6-1.</summary>
    public static readonly QueryTarget Target = QueryTarget.Of(
        QueryLevel.Patient,
        "a patient",
        "patients",
        [
            DicomTags.PatientName, DicomTags.PatientID, DicomTags.IssuerOfPatientID, DicomTags.PatientBirthDate, DicomTags.PatientSex,
            DicomTags.NumberOfPatientRelatedStudies, DicomTags.NumberOfPatientRelatedSeries, DicomTags.NumberOfPatientRelatedInstances,
            DicomTags.InstanceAvailability, DicomTags.RetrieveAETitle,
        ],
        [DicomTags.PatientName, DicomTags.PatientID],
        DicomTags.PatientID) with { Identity = Identify };

    /// <summary>
    /// The same from the Study Root model, which has no patients but says of every study whose it is (PS3.4 Table C.6-5): each patient comes out
    /// once.
    /// </summary>
    public static readonly QueryTarget OfStudies = Target with
    {
        Level = QueryLevel.Study,
        ReturnKeys = [.. Target.ReturnKeys, AttributePath.Of(DicomTags.StudyInstanceUID)],
    };

    public static DicomPatient Read(DicomDataset dataset, PacsNode node, string[] unsupportedKeys) => new()
    {
        PatientName = dataset.GetString(DicomTags.PatientName),
        PatientID = dataset.GetString(DicomTags.PatientID),
        IssuerOfPatientID = dataset.GetString(DicomTags.IssuerOfPatientID),
        PatientBirthDate = dataset.GetDate(DicomTags.PatientBirthDate),
        PatientSex = dataset.GetString(DicomTags.PatientSex),
        NumberOfPatientRelatedStudies = dataset.GetCount(DicomTags.NumberOfPatientRelatedStudies),
        NumberOfPatientRelatedSeries = dataset.GetCount(DicomTags.NumberOfPatientRelatedSeries),
        NumberOfPatientRelatedInstances = dataset.GetCount(DicomTags.NumberOfPatientRelatedInstances),
        InstanceAvailability = dataset.GetString(DicomTags.InstanceAvailability),
        RetrieveAETitle = dataset.GetFilled(DicomTags.RetrieveAETitle),
        Node = node,
        Dataset = dataset,
        UnsupportedKeys = unsupportedKeys,
    };

    // The same ID means another patient where another issuer gave it.
    private static string? Identify(DicomDataset dataset) =>
        dataset.GetString(DicomTags.PatientID) is { } id ? $"{id}\n{dataset.GetString(DicomTags.IssuerOfPatientID)}" : null;
}
