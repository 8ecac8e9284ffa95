namespace PacsTools.Services.Nodes;

/// <summary>A DICOM application entity and how to reach it: the one thing every job that talks to a PACS needs.</summary>
/// <remarks>Immutable. Two nodes are equal if everything that reaches them is equal.</remarks>
public sealed record PacsNode
{
    private readonly string _hostName = "";
    private readonly int _port = PacsDefaults.PacsPort;
    private readonly string _calledAETitle = PacsDefaults.CalledAETitle;
    private readonly string? _callingAETitle;
    private readonly string? _scpAETitle;
    private readonly int? _scpPort;
    private readonly TimeSpan? _timeout;
    private readonly Uri? _dicomWebUri;
    private readonly Aside<NodeCapabilities> _capabilities;

    /// <summary>The name it is registered under, or null.</summary>
    public string? Name { get; init; }

    /// <summary>Host name or address (an IPv6 address without brackets).</summary>
    /// <exception cref="ArgumentException">The value is no host name and no address.</exception>
    public required string HostName
    {
        get => _hostName;
        init => _hostName = HostText.Check(value);
    }

    /// <summary>TCP port, 104 unless told otherwise (PS3.8 9.1.1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not in 1 to 65535.</exception>
    public int Port
    {
        get => _port;
        init => _port = HostText.CheckPort(value, nameof(Port));
    }

    /// <summary>The AE title called, <c>ANY-SCP</c> unless told otherwise.</summary>
    /// <exception cref="ArgumentException">The value is no AE title (PS3.5 6.2).</exception>
    public string CalledAETitle
    {
        get => _calledAETitle;
        init => _calledAETitle = TitleText.Check(value, "called AE title");
    }

    /// <summary>Our own AE title towards this node; unless set, the default of this moment (<c>PACSTOOLS_CALLING_AET</c> or <c>RIS_CONNECTOR</c>).</summary>
    /// <exception cref="ArgumentException">The value is no AE title (PS3.5 6.2).</exception>
    public string CallingAETitle
    {
        get => _callingAETitle ?? PacsDefaults.CallingAETitle;
        init => _callingAETitle = TitleText.Check(value, "calling AE title");
    }

    /// <summary>AE title of the Storage SCP this node is to send to in a C-MOVE, or null for the session's choice.</summary>
    /// <exception cref="ArgumentException">The value is no AE title (PS3.5 6.2).</exception>
    public string? ScpAETitle
    {
        get => _scpAETitle;
        init => _scpAETitle = value is null ? null : TitleText.Check(value, "storage SCP AE title");
    }

    /// <summary>Port of that Storage SCP, or null for the session's choice.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not in 1 to 65535.</exception>
    public int? ScpPort
    {
        get => _scpPort;
        init => _scpPort = value is { } port ? HostText.CheckPort(port, nameof(ScpPort)) : null;
    }

    /// <summary>Query/retrieve information model, Study Root unless told otherwise.</summary>
    public QueryModel QueryModel { get; init; }

    /// <summary>Bound of one try of an operation, or null for the default of that operation.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public TimeSpan? Timeout
    {
        get => _timeout;
        init => _timeout = value is null || value > TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Timeout), "A timeout must be positive.");
    }

    /// <summary>
    /// The base of the DICOMweb services (PS3.18), as in <c>https://pacs/dicom-web</c>, or null if there are none. A slash at its end is dropped.
    /// </summary>
    /// <exception cref="ArgumentException">The value is no absolute http or https URI, holds a password, or has a query.</exception>
    public Uri? DicomWebUri
    {
        get => _dicomWebUri;
        init => _dicomWebUri = DicomWebText.Check(value);
    }

    /// <summary>User name and password for DICOMweb (HTTP basic authentication), or null. Never the user identity of the DIMSE services.</summary>
    public DicomWebCredential? DicomWebCredential { get; init; }

    /// <summary>Bearer token for DICOMweb, or null; it goes before <see cref="DicomWebCredential"/>.</summary>
    public PacsSecret? DicomWebToken { get; init; }

    /// <summary>How the node is reached by TLS, or null for plain TCP; it counts for an https <see cref="DicomWebUri"/> too.</summary>
    public TlsSettings? Tls { get; init; }

    /// <summary>Who the user is towards the DIMSE services (PS3.7 D.3.3.7), or null to say nothing of it.</summary>
    public UserIdentity? UserIdentity { get; init; }

    /// <summary>True to send passcode, password or token even where the connection is not encrypted (for DICOMweb: where the URI is http and the host is not this one), so that anyone on the way can read them.</summary>
    public bool AllowUnencryptedAuthentication { get; init; }

    /// <summary>What was found about it when it was registered; null if nobody looked. A hint of that day, and no part of what makes two nodes equal.</summary>
    public NodeCapabilities? Capabilities
    {
        get => _capabilities.Value;
        init => _capabilities = new(value);
    }

    /// <summary>The calling AE title given for this node; null for the default of the moment.</summary>
    internal string? OwnCallingAETitle => _callingAETitle;

    /// <summary>Reads <c>AE@host:port</c>, <c>AE@host</c> (port 104) or <c>host:port</c>; an IPv6 address stands in brackets.</summary>
    /// <exception cref="FormatException">The text is none of these; the message says why.</exception>
    public static PacsNode Parse(string text) => PacsNodeText.Parse(text);

    /// <summary>The same as <see cref="Parse"/> without the exception.</summary>
    public static bool TryParse(string? text, out PacsNode? node)
    {
        node = null;
        try
        {
            node = text is null ? null : Parse(text);
        }
        catch (FormatException)
        {
            // The caller asked for no reason.
        }

        return node is not null;
    }

    /// <summary>The name, or else <c>AE@host:port</c>.</summary>
    public override string ToString() => string.IsNullOrEmpty(Name) ? Address : Name;

    /// <summary>Always <c>AE@host:port</c>, with an IPv6 address in brackets.</summary>
    public string Address => $"{CalledAETitle}@{HostText.Bracketed(HostName)}:{Port.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
}
