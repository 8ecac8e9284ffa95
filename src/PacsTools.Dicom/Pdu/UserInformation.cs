namespace PacsTools.Dicom.Pdus;

/// <summary>The user information item of an A-ASSOCIATE PDU (PS3.8 9.3.2.3 and D, PS3.7 D.3.3).</summary>
public sealed record UserInformation
{
    /// <summary>The longest P-DATA-TF the sender of this item takes, in bytes without the six of the PDU header; 0 means no limit (PS3.8 D.1).</summary>
    public uint MaxPduLength { get; init; } = PduLimits.DefaultMaxPDataLength;

    /// <summary>Which implementation speaks (PS3.7 D.3.3.2); empty if the peer did not say.</summary>
    public string ImplementationClassUID { get; init; } = string.Empty;

    /// <summary>Its version in up to 16 characters, or null.</summary>
    public string? ImplementationVersionName { get; init; }

    /// <summary>How many operations may be outstanding, or null for one (PS3.7 D.3.3.3).</summary>
    public AsynchronousOperationsWindow? AsynchronousOperationsWindow { get; init; }

    /// <summary>Roles other than the requestor being SCU only (PS3.7 D.3.3.4).</summary>
    public IReadOnlyList<RoleSelection> RoleSelections { get; init; } = [];

    /// <summary>Bytes each service class defines for itself (PS3.7 D.3.3.5).</summary>
    public IReadOnlyList<ExtendedNegotiation> ExtendedNegotiations { get; init; } = [];

    /// <summary>The general SOP classes that special ones belong to (PS3.7 D.3.3.6).</summary>
    public IReadOnlyList<CommonExtendedNegotiation> CommonExtendedNegotiations { get; init; } = [];

    /// <summary>Who the user is, in a request (PS3.7 D.3.3.7.1).</summary>
    public UserIdentityRq? UserIdentityRq { get; init; }

    /// <summary>The answer to it, in an acceptance (PS3.7 D.3.3.7.2).</summary>
    public UserIdentityAc? UserIdentityAc { get; init; }
}
