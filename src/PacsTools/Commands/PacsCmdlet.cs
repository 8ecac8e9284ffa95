using System.Management.Automation;
using System.Security;
using PacsTools.Binding;
using PacsTools.Pipeline;
using PacsTools.Services.Nodes;

namespace PacsTools.Commands;

/// <summary>What every cmdlet that talks to a PACS has in common: how to reach it, by -Node or by its address.</summary>
public abstract partial class PacsCmdlet : AsyncCmdlet
{
    /// <summary>Parameter set of those who have a node.</summary>
    protected const string NodeSet = "Node";

    /// <summary>Parameter set of those who spell the address out.</summary>
    protected const string AddressSet = "Address";

    /// <summary>The PACS: its registered name, <c>AE@host:port</c>, <c>host:port</c>, a PacsNode, or any object or hashtable with a Node or with HostName, Port and CalledAETitle.</summary>
    [Parameter(ParameterSetName = NodeSet, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NodeTransformation]
    [ArgumentCompleter(typeof(Completion.NodeCompleter))]
    public virtual PacsNode? Node { get; set; }

    /// <summary>Host name or address of the PACS.</summary>
    [Parameter(ParameterSetName = AddressSet, Mandatory = true)]
    [Alias("IPAddress", "ComputerName")]
    [ValidateNotNullOrEmpty]
    public string HostName { get; set; } = "";

    /// <summary>DICOM port of the PACS, 104 unless told otherwise.</summary>
    [Parameter(ParameterSetName = AddressSet)]
    [ValidateRange(1, 65535)]
    public int Port { get; set; } = PacsDefaults.PacsPort;

    /// <summary>AE title of the PACS, ANY-SCP unless told otherwise.</summary>
    [Parameter(ParameterSetName = AddressSet)]
    [Alias("RemoteAETitle", "AETitle")]
    [ValidateNotNullOrEmpty]
    public string CalledAETitle { get; set; } = PacsDefaults.CalledAETitle;

    /// <summary>Our own AE title towards the PACS; RIS_CONNECTOR, or what PACSTOOLS_CALLING_AET says.</summary>
    /// <value>RIS_CONNECTOR, or PACSTOOLS_CALLING_AET</value>
    [Parameter]
    [Alias("LocalAETitle")]
    [ValidateNotNullOrEmpty]
    public string? CallingAETitle { get; set; }

    /// <summary>Bounds one try, in seconds; for queries and retrieves it is the longest silence, not the total.</summary>
    /// <value>By operation: C-ECHO 10, C-FIND 120, C-MOVE and C-GET 300, C-STORE 60 seconds; environment variables change them (about_PacsTools)</value>
    [Parameter]
    [Alias("Timeout")]
    [ValidateRange(0.001, 86400.0)]
    public double TimeoutSeconds { get; set; }

    /// <summary>How often a failed try is repeated at most; 0 switches it off.</summary>
    /// <value>By the kind of failure (about_PacsTools_Retrieve)</value>
    [Parameter]
    [ValidateRange(0, 100)]
    public int Retry { get; set; }

    /// <summary>Base of the DICOMweb services of the PACS, as in https://pacs/dicom-web.</summary>
    /// <value>That of the node, if it has one</value>
    [Parameter]
    [ValidateNotNull]
    public Uri? DicomWebUri { get; set; }

    /// <summary>User name and password for DICOMweb; never those of the DICOM services.</summary>
    [Parameter]
    [Credential]
    [ValidateNotNull]
    public PSCredential? DicomWebCredential { get; set; }

    /// <summary>Bearer token for DICOMweb.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? DicomWebToken { get; set; }

    /// <summary>Send a passcode, password or token even where the connection is not encrypted (for DICOMweb: over http to another host) and anyone on the way can read it.</summary>
    [Parameter]
    public SwitchParameter AllowUnencryptedAuthentication { get; set; }

    /// <summary>The node as this invocation reaches it, everything given on the command line included.</summary>
    private protected PacsNode Target
    {
        get
        {
            var node = ParameterSetName == AddressSet
                ? new PacsNode { HostName = HostName, Port = Port, CalledAETitle = CalledAETitle }
                : Node!;
            if (CallingAETitle is not null) node = node with { CallingAETitle = CallingAETitle };
            if (IsGiven(nameof(TimeoutSeconds))) node = node with { Timeout = TimeSpan.FromSeconds(TimeoutSeconds) };
            return DicomWebArguments.Apply(Secured(node), DicomWebUri, DicomWebCredential, DicomWebToken, Given(AllowUnencryptedAuthentication, nameof(AllowUnencryptedAuthentication)));
        }
    }

    /// <summary>The number of retries asked for, or null for the usual ones.</summary>
    private protected int? Retries => IsGiven(nameof(Retry)) ? Retry : null;

    /// <inheritdoc/>
    private protected override object? CurrentTarget => ParameterSetName == AddressSet ? HostName : Node;
}
