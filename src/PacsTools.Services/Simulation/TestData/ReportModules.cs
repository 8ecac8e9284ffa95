using PacsTools.Dicom.Data;

namespace PacsTools.Services.Simulation.TestData;

/// <summary>A short report as Basic Text SR (PS3.3 A.35.1, C.17): a root container and two paragraphs.</summary>
internal static class ReportModules
{
    public static void Apply(SyntheticInstance instance)
    {
        instance.Set(DicomTags.ContentDate, SyntheticHeader.Date(instance.Header.StudyDate));
        instance.Set(DicomTags.ContentTime, SyntheticHeader.Time(instance.Header.StudyTime + TimeSpan.FromHours(1)));
        instance.Set(DicomTags.CompletionFlag, "COMPLETE");
        instance.Set(DicomTags.VerificationFlag, "UNVERIFIED");
        instance.SetEmpty(DicomTags.ReferencedPerformedProcedureStepSequence);
        instance.SetEmpty(DicomTags.PerformedProcedureCodeSequence);
        instance.Set(DicomTags.ValueType, "CONTAINER");
        instance.Set(DicomTags.ContinuityOfContent, "SEPARATE");
        instance.SetCode(DicomTags.ConceptNameCodeSequence, "18748-4", "LN", "Diagnostic Imaging Report");
        instance.Dataset.SetItems(
            DicomTags.ContentSequence,
            Paragraph("121071", "Finding", $"Synthetic finding {instance.InstanceNumber} of a phantom."),
            Paragraph("121077", "Conclusion", "No patient was examined."));
    }

    private static DicomDataset Paragraph(string code, string meaning, string text)
    {
        var item = new DicomDataset();
        item.SetString(DicomTags.RelationshipType, "CONTAINS");
        item.SetString(DicomTags.ValueType, "TEXT");
        item.SetItems(DicomTags.ConceptNameCodeSequence, SyntheticInstance.Code(code, "DCM", meaning));
        item.SetString(DicomTags.TextValue, text);
        return item;
    }
}
