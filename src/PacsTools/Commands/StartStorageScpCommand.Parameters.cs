using System.Management.Automation;
using System.Net;
using PacsTools.Services.Storage;

namespace PacsTools.Commands;

/// <content>The parameters.</content>
public sealed partial class StartStorageScpCommand
{
    /// <summary>Its AE title; RIS_STORE_SCP, or what PACSTOOLS_SCP_AET says.</summary>
    /// <value>RIS_STORE_SCP, or PACSTOOLS_SCP_AET</value>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? AETitle { get; set; }

    /// <summary>Its port; 0 takes any free one. Without it 11113, or the next free port with a warning: the PACS must know it.</summary>
    /// <value>11113, or PACSTOOLS_SCP_PORT</value>
    [Parameter(Position = 1)]
    [ValidateRange(0, 65535)]
    public int Port { get; set; }

    /// <summary>The address to listen on; every interface, IPv4 and IPv6, unless told otherwise.</summary>
    /// <value>Every interface</value>
    [Parameter]
    [ValidateNotNull]
    public IPAddress? BindAddress { get; set; }

    /// <summary>Pending takes only what a retrieve is waiting for, Any takes everything; Any if -Path is given.</summary>
    /// <value>Any with -Path, else Pending</value>
    [Parameter]
    public StorageScpAccept Accept { get; set; }

    /// <summary>The folder for what nobody is retrieving.</summary>
    [Parameter]
    [Alias("Destination", "OutputPath", "OutputDirectory")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>
    /// The place of a file below the path; {StudyInstanceUID}/{SeriesInstanceUID}/{SOPInstanceUID}.dcm unless told otherwise. In braces stands any attribute by keyword or
    /// gggg,eeee: {PatientID}, {0008,0060}; a part of a date or time: {StudyDate:yyyy}; a hash of 1 to 64 digits: {PatientID:hash8}; {{ and }} are braces. What is missing or
    /// empty becomes unknown, and what cannot be in a file name is replaced.
    /// </summary>
    /// <value>{StudyInstanceUID}/{SeriesInstanceUID}/{SOPInstanceUID}.dcm</value>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Completion.LayoutCompleter))]
    public string? Layout { get; set; }

    /// <summary>
    /// What to do if a file is there already. KeepBoth writes nothing if it is the same, byte for byte, else a second file with a suffix and a warning; Overwrite replaces the same
    /// instance; Skip leaves it; Fail answers 0111H. Another instance is never replaced.
    /// </summary>
    /// <value>KeepBoth</value>
    [Parameter]
    public IfExists IfExists { get; set; }

    /// <summary>The only calling AE titles that may associate; all unless told otherwise.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] AllowedCallingAETitle { get; set; } = [];

    /// <summary>The only addresses or networks (10.1.0.0/16) that may associate; all unless told otherwise.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] AllowedAddress { get; set; } = [];

    /// <summary>Answers to whatever AE title is called.</summary>
    [Parameter]
    public SwitchParameter AcceptAnyCalledAETitle { get; set; }

    /// <summary>How many associations it serves at a time. One more is rejected for now (transient, local limit exceeded), and its sender may try again.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int MaxAssociations { get; set; } = 25;

    /// <summary>How many of them may come from one address; no limit of its own unless told otherwise.</summary>
    /// <value>No limit of its own</value>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int MaxAssociationsPerPeer { get; set; }

    /// <summary>An association on which nothing moves for so many seconds is aborted: some senders never release. 300 unless told otherwise.</summary>
    [Parameter]
    [ValidateRange(1.0, 86400.0)]
    public double IdleTimeoutSeconds { get; set; } = 300;

    /// <summary>ARTIM (PS3.8 9.1.5): how many seconds a caller may take to ask for its association, and to close after its end. 30 unless told otherwise.</summary>
    [Parameter]
    [ValidateRange(1.0, 3600.0)]
    public double ArtimTimeoutSeconds { get; set; } = 30;

    /// <summary>
    /// Bytes (1GB) that are to stay free on the disk of -Path. Below that a C-STORE is answered A700 and nothing is written; once there is room again, the next is taken.
    /// 0, the default, fills the disk, and answers A700 when it is full.
    /// </summary>
    /// <value>0</value>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long MinimumFreeSpace { get; set; }

    /// <summary>SOP classes to take beside all storage classes of the standard, such as private ones: UIDs or keywords.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Completion.SopClassKeywordCompleter))]
    public string[] AcceptSopClass { get; set; } = [];

    /// <summary>Takes every SOP class, private or newer than this module, that the standard does not define as something other than storage.</summary>
    [Parameter]
    public SwitchParameter AcceptAnySopClass { get; set; }

    /// <summary>
    /// Transfer syntaxes in the order of preference, as UIDs or keywords (JPEG2000Lossless). The first that the sender proposes is chosen; without it the sender's own first one, or
    /// explicit rather than implicit VR. Every transfer syntax is accepted in any case.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Completion.TransferSyntaxCompleter))]
    public string[] PreferredTransferSyntax { get; set; } = [];

    /// <summary>The longest P-DATA-TF it takes (PS3.8 D.1), in bytes; 0 sets no limit.</summary>
    [Parameter]
    [ValidateRange(0, 16 * 1024 * 1024)]
    public int MaxPduLength { get; set; } = 262144;

    /// <summary>Has every file and its folder flushed to the disk (fsync) before success is answered, so that a loss of power loses nothing that was acknowledged; also of what a retrieve is waiting for. It costs speed.</summary>
    [Parameter]
    public SwitchParameter FlushToDisk { get; set; }
}
