namespace PacsTools.TestKit.Faults;

/// <summary>What passes through a proxy, and so what may be changed in it.</summary>
public enum LinkKind
{
    /// <summary>DICOM over TCP, which carries no checksum: headers of PDUs and PDVs and command sets are changed, never data sets, where nobody could notice.</summary>
    Dicom,

    /// <summary>TLS: any byte is changed.</summary>
    Tls,

    /// <summary>HTTP over TCP, which carries no checksum and no header that gives a change away: nothing is changed.</summary>
    Http,
}
