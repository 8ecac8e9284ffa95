using System.Management.Automation;
using PacsTools.Binding;
using PacsTools.Dicom.Data;
using PacsTools.Pipeline;
using PacsTools.Services.Query;

namespace PacsTools.Commands;

/// <summary>Asks a PACS for the series of a study (C-FIND at level SERIES, PS3.4 C.4.1) and emits them as they arrive.</summary>
[Cmdlet(VerbsCommon.Find, "DicomSeries", DefaultParameterSetName = NodeSet)]
[OutputType(typeof(DicomSeries), typeof(DicomDataset))]
public sealed class FindDicomSeriesCommand : FindCmdlet
{
    /// <summary>Study Instance UID (0020,000D) of the study to look in; several are asked about one after the other. A PACS that takes relational queries needs none.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StudyInstanceID")]
    [AllowEmptyString]
    public string[]? StudyInstanceUID { get; set; } = Absent.List;

    /// <summary>Series Instance UID (0020,000E), one or many.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string[]? SeriesInstanceUID { get; set; } = Absent.List;

    /// <summary>Modality (0008,0060); several are asked for one after the other and merged.</summary>
    [Parameter]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(Completion.ModalityCompleter))]
    public string[]? Modality { get; set; }

    /// <summary>Series Number (0020,0011).</summary>
    [Parameter]
    [AllowEmptyString]
    public string? SeriesNumber { get; set; }

    /// <summary>Series Description (0008,103E); * and ? are wildcards.</summary>
    [Parameter]
    [AllowEmptyString]
    [SupportsWildcards]
    public string? SeriesDescription { get; set; }

    /// <summary>Series Date (0008,0021): 20240101, 2024-01-01..2024-12-31, today, -7d, a date or two.</summary>
    [Parameter]
    [Unwrap]
    public object? SeriesDate { get; set; }

    /// <summary>Patient ID (0010,0020) of the patient above, which the Patient Root model asks for; in the Study Root model the study says enough.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? PatientID { get; set; } = Absent.Text;

    private protected override async Task ProcessRecordAsync(IPipeline pipeline, CancellationToken cancellationToken) =>
        await FindAsync(Query(), result => result.Dataset, pipeline, cancellationToken).ConfigureAwait(false);

    private SeriesQuery Query()
    {
        var studies = Uids(StudyInstanceUID, nameof(StudyInstanceUID));
        return new SeriesQuery
        {
            StudyInstanceUID = studies,
            SeriesInstanceUID = Uids(SeriesInstanceUID, nameof(SeriesInstanceUID)),
            Modality = Modality ?? [],
            SeriesNumber = SeriesNumber,
            SeriesDescription = SeriesDescription,
            SeriesDate = SeriesDate is null ? null : DicomDateRange.FromValue(SeriesDate, nameof(SeriesDate)),
            PatientID = Text(PatientID, nameof(PatientID), besideUid: studies.Length > 0),
        };
    }
}
