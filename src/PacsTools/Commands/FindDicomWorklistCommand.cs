using System.Management.Automation;
using PacsTools.Binding;
using PacsTools.Dicom.Data;
using PacsTools.Pipeline;
using PacsTools.Services.Query;

namespace PacsTools.Commands;

/// <summary>Asks a worklist server for what is scheduled (modality worklist C-FIND, PS3.4 K) and emits the items as they arrive.</summary>
[Cmdlet(VerbsCommon.Find, "DicomWorklist", DefaultParameterSetName = NodeSet)]
[OutputType(typeof(DicomWorklistItem), typeof(DicomDataset))]
public sealed class FindDicomWorklistCommand : FindCmdlet
{
    /// <summary>Scheduled Procedure Step Start Date (0040,0002): today, 20240101, 2024-01-01..2024-12-31, a date or two.</summary>
    [Parameter]
    [Unwrap]
    public object? ScheduledDate { get; set; }

    /// <summary>Scheduled Station AE Title (0040,0001).</summary>
    [Parameter]
    [AllowEmptyString]
    public string? ScheduledStationAETitle { get; set; }

    /// <summary>Modality (0008,0060); several are asked for one after the other and merged.</summary>
    [Parameter]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(Completion.ModalityCompleter))]
    public string[]? Modality { get; set; }

    /// <summary>Patient's Name (0010,0010); * and ? are wildcards.</summary>
    [Parameter]
    [AllowEmptyString]
    [SupportsWildcards]
    public string? PatientName { get; set; }

    /// <summary>Patient ID (0010,0020). Quote ids of digits in lists.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? PatientID { get; set; } = Absent.Text;

    /// <summary>Accession Number (0008,0050).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? AccessionNumber { get; set; } = Absent.Text;

    private protected override async Task ProcessRecordAsync(IPipeline pipeline, CancellationToken cancellationToken) =>
        await FindAsync(Query(), result => result.Dataset, pipeline, cancellationToken).ConfigureAwait(false);

    private WorklistQuery Query() => new()
    {
        ScheduledDate = ScheduledDate is null ? null : DicomDateRange.FromValue(ScheduledDate, nameof(ScheduledDate)),
        ScheduledStationAETitle = ScheduledStationAETitle,
        Modality = Modality ?? [],
        PatientName = PatientName,
        PatientID = Text(PatientID, nameof(PatientID), besideUid: false),
        AccessionNumber = Text(AccessionNumber, nameof(AccessionNumber), besideUid: false),
    };
}
