using PacsTools.Dicom.Data;

namespace PacsTools.Services.Simulation;

/// <summary>What makes two patients one: the id together with who issued it. Without an id nothing does, so each study has a patient of its own.</summary>
internal static class PatientKey
{
    private const char Separator = '\n';

    public static string Of(InstanceHeader header) => header.Dataset.GetString(DicomTags.PatientID) is { } id
        ? id + Separator + header.Dataset.GetString(DicomTags.IssuerOfPatientID, "")
        : Separator + header.StudyInstanceUid!;

    public static bool HasId(string key, string patientId) =>
        key.Length > patientId.Length && key[patientId.Length] == Separator && key.StartsWith(patientId, StringComparison.Ordinal);
}
