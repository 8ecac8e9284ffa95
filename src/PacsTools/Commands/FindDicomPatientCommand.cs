using System.Management.Automation;
using PacsTools.Binding;
using PacsTools.Dicom.Data;
using PacsTools.Pipeline;
using PacsTools.Services.Query;

namespace PacsTools.Commands;

/// <summary>Asks a PACS for patients (C-FIND at level PATIENT, PS3.4 C.6.1) and emits them as they arrive. With -QueryModel Study they are taken from its studies, for a PACS without the Patient Root model.</summary>
[Cmdlet(VerbsCommon.Find, "DicomPatient", DefaultParameterSetName = NodeSet)]
[OutputType(typeof(DicomPatient), typeof(DicomDataset))]
public sealed class FindDicomPatientCommand : FindCmdlet
{
    /// <summary>Patient's Name (0010,0010); * and ? are wildcards.</summary>
    [Parameter]
    [AllowEmptyString]
    [SupportsWildcards]
    public string? PatientName { get; set; }

    /// <summary>Patient ID (0010,0020); * and ? are wildcards. Quote ids of digits in lists.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [SupportsWildcards]
    public string? PatientID { get; set; } = Absent.Text;

    /// <summary>Patient's Birth Date (0010,0030): 19700131, 1970-01-01..1979-12-31, a date or two.</summary>
    [Parameter]
    [Unwrap]
    public object? PatientBirthDate { get; set; }

    /// <summary>Patient's Sex (0010,0040): M, F or O.</summary>
    [Parameter]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(Completion.PatientSexCompleter))]
    public string? PatientSex { get; set; }

    private protected override async Task ProcessRecordAsync(IPipeline pipeline, CancellationToken cancellationToken) =>
        await FindAsync(Query(), result => result.Dataset, pipeline, cancellationToken).ConfigureAwait(false);

    private PatientQuery Query() => new()
    {
        PatientName = PatientName,
        PatientID = Text(PatientID, nameof(PatientID), besideUid: false),
        PatientBirthDate = PatientBirthDate is null ? null : DicomDateRange.FromValue(PatientBirthDate, nameof(PatientBirthDate)),
        PatientSex = PatientSex,
    };
}
