using PacsTools.Dicom.Errors;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Storage;

namespace PacsTools.Interop.Tests.Faults;

/// <summary>Holds what a retrieve says against what lies in its destination: what is said to be here is, whole; what is here is said to be; the rest is said not to be.</summary>
internal sealed class RetrieveCheck(FaultStudy study, Action<string> wrong)
{
    public void Check(DicomRetrieveReport report, IReadOnlyList<DicomInstanceFile> emitted, IReadOnlyList<string> files)
    {
        DicomInstanceFile[] here = [.. report.Instances.Where(IsHere)];
        foreach (DicomInstanceFile file in here)
        {
            if ((file.Path is null ? "it has no path" : study.Differs(file.Path, file.SOPInstanceUID)) is { } difference)
                wrong($"{file.SOPInstanceUID} is {file.Outcome}, and {difference}");
        }
        HashSet<string> told = [.. here.Select(f => f.Path!)];
        foreach (string file in files.Where(f => !told.Contains(f)))
            wrong($"{file} lies in the destination and is not in the report");
        foreach (DicomInstanceFile file in report.Instances.Where(f => !emitted.Any(e => e.SOPInstanceUID == f.SOPInstanceUID && IsHere(e) == IsHere(f))))
            wrong($"{file.SOPInstanceUID} is {file.Outcome} in the report, and the pipeline was not told");
        int present = here.Select(f => f.SOPInstanceUID).Distinct().Count();
        if (report.Complete != report.Error is null)
            wrong($"the report is complete: {report.Complete}, with error {report.Error?.Message}");
        if (report.Complete && present != study.Instances.Count)
            wrong($"the report is complete with {present} of {study.Instances.Count} instances");
        if (report.Stored + report.Duplicate + report.Unexpected != here.Length)
            wrong($"the report counts {report.Stored} stored, {report.Duplicate} duplicate and {report.Unexpected} unexpected, and lists {here.Length}");
        if (report.Expected is { } expected && !report.Complete && report.Failed + report.Missing + present < expected)
            wrong($"of {expected} expected, {present} are here, {report.Failed} failed and {report.Missing} are missing: some are not told of");
        if (report.Error is not null and not (DicomException or RetrieveException or StorageScpException))
            wrong($"the retrieve ended with {report.Error}");
    }

    private static bool IsHere(DicomInstanceFile file) =>
        file.Outcome is InstanceOutcome.Stored or InstanceOutcome.Duplicate || (file.Outcome == InstanceOutcome.Unexpected && file.Path is not null);
}
