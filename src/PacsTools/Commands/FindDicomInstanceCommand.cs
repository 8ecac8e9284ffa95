using System.Management.Automation;
using PacsTools.Binding;
using PacsTools.Dicom.Data;
using PacsTools.Pipeline;
using PacsTools.Services.Query;

namespace PacsTools.Commands;

/// <summary>Asks a PACS for the instances of a series, or of every series of a study (C-FIND at level IMAGE, PS3.4 C.4.1), and emits them as they arrive.</summary>
[Cmdlet(VerbsCommon.Find, "DicomInstance", DefaultParameterSetName = NodeSet)]
[OutputType(typeof(DicomInstanceInfo), typeof(DicomDataset))]
public sealed class FindDicomInstanceCommand : FindCmdlet
{
    /// <summary>Study Instance UID (0020,000D) of the study to look in; several are asked about one after the other. A PACS that takes relational queries needs none.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StudyInstanceID")]
    [AllowEmptyString]
    public string[]? StudyInstanceUID { get; set; } = Absent.List;

    /// <summary>Series Instance UID (0020,000E) of the series to look in; several are asked about one after the other. Without it every series of the study is asked for first.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string[]? SeriesInstanceUID { get; set; } = Absent.List;

    /// <summary>SOP Instance UID (0008,0018), one or many.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string[]? SOPInstanceUID { get; set; } = Absent.List;

    /// <summary>Instance Number (0020,0013).</summary>
    [Parameter]
    [AllowEmptyString]
    public string? InstanceNumber { get; set; }

    /// <summary>Patient ID (0010,0020) of the patient above, which the Patient Root model asks for; in the Study Root model the study says enough.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? PatientID { get; set; } = Absent.Text;

    private protected override async Task ProcessRecordAsync(IPipeline pipeline, CancellationToken cancellationToken) =>
        await FindAsync(Query(), result => result.Dataset, pipeline, cancellationToken).ConfigureAwait(false);

    private InstanceQuery Query()
    {
        var studies = Uids(StudyInstanceUID, nameof(StudyInstanceUID));
        return new InstanceQuery
        {
            StudyInstanceUID = studies,
            SeriesInstanceUID = Uids(SeriesInstanceUID, nameof(SeriesInstanceUID)),
            SOPInstanceUID = Uids(SOPInstanceUID, nameof(SOPInstanceUID)),
            InstanceNumber = InstanceNumber,
            PatientID = Text(PatientID, nameof(PatientID), besideUid: studies.Length > 0),
        };
    }
}
