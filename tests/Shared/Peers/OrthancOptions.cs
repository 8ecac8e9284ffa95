namespace PacsTools.TestKit.Peers;

/// <summary>How an Orthanc is set up for a test.</summary>
public sealed record OrthancOptions
{
    public string AETitle { get; init; } = "ORTHANC";

    public IReadOnlyList<MoveDestination> MoveDestinations { get; init; } = [];

    /// <summary>Reject associations that call another AE title.</summary>
    public bool CheckCalledAETitle { get; init; }

    /// <summary>Reject C-FIND, C-MOVE and C-GET from callers that are not among the move destinations.</summary>
    public bool KnownCallersOnly { get; init; }

    /// <summary>The most results of a C-FIND; 0 for no limit.</summary>
    public int LimitFindResults { get; init; }

    public bool OverwriteInstances { get; init; }

    /// <summary>Switch Nagle off in the peer; as Debian ships it, it is on.</summary>
    public bool NoDelay { get; init; }

    /// <summary>Log every DICOM message sent and received.</summary>
    public bool Verbose { get; init; }

    /// <summary>Speak DICOM over TLS alone, demand certificates, and send to the move destinations by TLS.</summary>
    public OrthancTls? Tls { get; init; }

    /// <summary>Load the DICOMweb plugin if it is installed.</summary>
    public bool DicomWeb { get; init; }

    /// <summary>The one user HTTP is for, as name and password; null to let everybody in.</summary>
    public (string Name, string Password)? HttpUser { get; init; }
}

/// <summary>Files in PEM: certificate and key of the server, and the authority it trusts.</summary>
public sealed record OrthancTls(string CertificatePath, string KeyPath, string AuthorityPath);
