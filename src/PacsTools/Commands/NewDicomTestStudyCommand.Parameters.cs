using System.Management.Automation;
using PacsTools.Services.Simulation.TestData;

namespace PacsTools.Commands;

/// <content>What the study is to look like.</content>
public sealed partial class NewDicomTestStudyCommand
{
    /// <summary>The folder to write below; made if it is not there.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("Destination", "OutputPath", "OutputDirectory")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>CT, MR, CR, US (multi-frame), SR (a report) or SC (RGB).</summary>
    /// <value>CT</value>
    [Parameter]
    public SyntheticModality Modality { get; set; }

    /// <summary>How many series.</summary>
    [Parameter]
    [ValidateRange(1, 10000)]
    public int Series { get; set; } = 1;

    /// <summary>How many instances in each series.</summary>
    [Parameter]
    [ValidateRange(1, 100000)]
    public int Instances { get; set; } = 1;

    /// <summary>Height of the images in pixels.</summary>
    [Parameter]
    [ValidateRange(1, 65535)]
    public int Rows { get; set; } = 256;

    /// <summary>Width of the images in pixels.</summary>
    [Parameter]
    [ValidateRange(1, 65535)]
    public int Columns { get; set; } = 256;

    /// <summary>How many frames an ultrasound loop has.</summary>
    [Parameter]
    [ValidateRange(1, 10000)]
    public int Frames { get; set; } = 8;

    /// <summary>Patient's Name (0010,0010), such as DOE^JANE.</summary>
    [Parameter]
    public string? PatientName { get; set; }

    /// <summary>Patient ID (0010,0020).</summary>
    [Parameter]
    public string? PatientID { get; set; }

    /// <summary>Patient's Birth Date (0010,0030).</summary>
    [Parameter]
    public DateTime? PatientBirthDate { get; set; }

    /// <summary>Patient's Sex (0010,0040).</summary>
    [Parameter]
    [ValidateSet("F", "M", "O")]
    public string? PatientSex { get; set; }

    /// <summary>Accession Number (0008,0050).</summary>
    [Parameter]
    public string? AccessionNumber { get; set; }

    /// <summary>Study Date (0008,0020).</summary>
    [Parameter]
    public DateTime? StudyDate { get; set; }

    /// <summary>Study Time (0008,0030).</summary>
    [Parameter]
    public TimeSpan? StudyTime { get; set; }

    /// <summary>Study Description (0008,1030).</summary>
    [Parameter]
    public string? StudyDescription { get; set; }

    /// <summary>Study ID (0020,0010).</summary>
    [Parameter]
    public string? StudyID { get; set; }

    /// <summary>Referring Physician's Name (0008,0090).</summary>
    [Parameter]
    public string? ReferringPhysicianName { get; set; }

    /// <summary>Study Instance UID (0020,000D).</summary>
    [Parameter]
    [Alias("StudyInstanceID")]
    public string? StudyInstanceUID { get; set; }

    /// <summary>The character set of names and descriptions; the least that holds them unless told otherwise.</summary>
    /// <value>Automatic</value>
    [Parameter]
    public SyntheticCharacterSet CharacterSet { get; set; }

    /// <summary>The transfer syntax, one of those without compression of pixels.</summary>
    [Parameter]
    [ValidateSet("ExplicitVRLittleEndian", "ImplicitVRLittleEndian", "ExplicitVRBigEndian", "DeflatedExplicitVRLittleEndian")]
    public string TransferSyntax { get; set; } = "ExplicitVRLittleEndian";

    /// <summary>What everything that is not given is made up from; another at each call unless told otherwise.</summary>
    /// <value>Another at each call</value>
    [Parameter]
    public int Seed { get; set; }
}
