using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PacsTools.Dicom.Data;
using PacsTools.Services.Storage;

namespace PacsTools.Completion;

/// <summary>Completes layouts: whole ones that are often wanted and, behind an opening brace, the attributes that may stand there.</summary>
public sealed class LayoutCompleter : IArgumentCompleter
{
    private static readonly (string Layout, string Tip)[] Layouts =
    [
        (PathLayout.DefaultPattern, "a folder for each study, in it one for each series; no patient data in paths (the default)"),
        ("{StudyInstanceUID}/{SOPInstanceUID}.dcm", "a folder for each study"),
        (PathLayout.FlatPattern, "one folder for everything"),
        ("{PatientID}/{StudyDate:yyyy-MM-dd}_{AccessionNumber}/{SeriesNumber}_{Modality}/{SOPInstanceUID}.dcm", "by patient, day and accession number; patient data in paths"),
        ("{StudyDate:yyyy}/{StudyDate:MM}/{StudyDate:dd}/{StudyInstanceUID}/{SOPInstanceUID}.dcm", "by year, month and day of the study"),
        ("{Modality}/{StudyDate:yyyyMMdd}/{StudyInstanceUID}/{SOPInstanceUID}.dcm", "by modality and day of the study"),
    ];

    // What headers of every kind of instance have; any other keyword may be written too.
    private static readonly string[] Attributes =
    [
        "AccessionNumber", "AcquisitionDate", "BodyPartExamined", "ContentDate", "InstanceNumber", "InstitutionName", "Manufacturer", "Modality", "PatientBirthDate", "PatientID",
        "PatientName", "PatientSex", "SeriesDate", "SeriesDescription", "SeriesInstanceUID", "SeriesNumber", "SOPClassUID", "SOPInstanceUID", "StationName", "StudyDate",
        "StudyDescription", "StudyID", "StudyInstanceUID", "StudyTime",
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = Candidates.Word(wordToComplete);
        var brace = word.LastIndexOf('{');
        var whole = Layouts.Where(l => l.Layout.StartsWith(word, StringComparison.OrdinalIgnoreCase)).Select(l => Candidates.Of(l.Layout, l.Tip));
        if (brace < 0 || word.IndexOf('}', brace) >= 0) return whole;
        var beginning = word[(brace + 1)..];
        return whole.Concat(Attributes.Where(a => a.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
            .Select(a => Candidates.Of($"{word[..brace]}{{{a}}}", DicomDictionary.Default.TryGet(a, out var entry) ? $"{entry.Tag} {entry.Name}" : a)));
    }
}
