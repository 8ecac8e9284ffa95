using System.Management.Automation;
using PacsTools.Binding;
using PacsTools.Services.Query;

namespace PacsTools.Commands;

// The matching keys of the query.
public sealed partial class FindDicomStudyCommand
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

    /// <summary>Patient's Birth Date (0010,0030), in the forms of -StudyDate.</summary>
    [Parameter]
    [Unwrap]
    public object? PatientBirthDate { get; set; }

    /// <summary>Patient's Sex (0010,0040): M, F or O.</summary>
    [Parameter]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(Completion.PatientSexCompleter))]
    public string? PatientSex { get; set; }

    /// <summary>Study Date (0008,0020): 20240101, 2024-01-01, 20240101-20241231, 2024-01-01..2024-12-31, 2024-01-01.., today, yesterday, -7d, a date or two.</summary>
    [Parameter]
    [Unwrap]
    public object? StudyDate { get; set; }

    /// <summary>First day of Study Date.</summary>
    [Parameter]
    [Unwrap]
    public object? Since { get; set; }

    /// <summary>Last day of Study Date.</summary>
    [Parameter]
    [Unwrap]
    public object? Until { get; set; }

    /// <summary>Study Time (0008,0030): 0800-1200, 08:00..12:00.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? StudyTime { get; set; }

    /// <summary>Accession Number (0008,0050).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? AccessionNumber { get; set; } = Absent.Text;

    /// <summary>Modalities in Study (0008,0061); several are asked for one after the other and merged.</summary>
    [Parameter]
    [Alias("ModalitiesInStudy")]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(Completion.ModalityCompleter))]
    public string[]? Modality { get; set; }

    /// <summary>Study Description (0008,1030); * and ? are wildcards.</summary>
    [Parameter]
    [AllowEmptyString]
    [SupportsWildcards]
    public string? StudyDescription { get; set; }

    /// <summary>Study ID (0020,0010).</summary>
    [Parameter]
    [AllowEmptyString]
    public string? StudyID { get; set; }

    /// <summary>Referring Physician's Name (0008,0090); * and ? are wildcards.</summary>
    [Parameter]
    [AllowEmptyString]
    [SupportsWildcards]
    public string? ReferringPhysicianName { get; set; }

    /// <summary>Study Instance UID (0020,000D), one or many.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StudyInstanceID")]
    [AllowEmptyString]
    public string[]? StudyInstanceUID { get; set; } = Absent.List;

    private StudyQuery Query()
    {
        var studies = Uids(StudyInstanceUID, nameof(StudyInstanceUID));
        return new StudyQuery
        {
            PatientName = PatientName,
            PatientID = Text(PatientID, nameof(PatientID), besideUid: studies.Length > 0),
            PatientBirthDate = PatientBirthDate is null ? null : DicomDateRange.FromValue(PatientBirthDate, nameof(PatientBirthDate)),
            PatientSex = PatientSex,
            StudyDate = DateKeys.StudyDate(StudyDate, Since, Until),
            StudyTime = StudyTime is null ? null : DicomTimeRange.Parse(StudyTime),
            AccessionNumber = Text(AccessionNumber, nameof(AccessionNumber), besideUid: studies.Length > 0),
            Modality = Modality ?? [],
            StudyDescription = StudyDescription,
            StudyID = StudyID,
            ReferringPhysicianName = ReferringPhysicianName,
            StudyInstanceUID = studies,
        };
    }
}
