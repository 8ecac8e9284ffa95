namespace PacsTools.Dicom.Pdus;

/// <summary>A-ASSOCIATE-RJ: refuses an association (PS3.8 9.3.4). Codes outside the standard's are kept as read.</summary>
public sealed class AAssociateRj : Pdu
{
    /// <summary>Creates a rejection from the three codes of PS3.8 Table 9-21.</summary>
    public AAssociateRj(byte result, byte source, byte reason)
    {
        Result = result;
        Source = source;
        Reason = reason;
    }

    /// <summary>Called AE title not recognized, permanent.</summary>
    public static AAssociateRj CalledAENotRecognized => new(1, 1, 7);

    /// <summary>Calling AE title not recognized, permanent.</summary>
    public static AAssociateRj CallingAENotRecognized => new(1, 1, 3);

    /// <summary>Application context name not supported, permanent.</summary>
    public static AAssociateRj ApplicationContextNotSupported => new(1, 1, 2);

    /// <summary>Protocol version not supported, permanent.</summary>
    public static AAssociateRj ProtocolVersionNotSupported => new(1, 2, 2);

    /// <summary>Local limit exceeded, transient: too many associations now.</summary>
    public static AAssociateRj LocalLimitExceeded => new(2, 3, 2);

    /// <inheritdoc/>
    public override PduType Type => PduType.AAssociateRj;

    /// <summary>1 rejected-permanent, 2 rejected-transient.</summary>
    public byte Result { get; }

    /// <summary>1 service-user, 2 service-provider (ACSE), 3 service-provider (presentation).</summary>
    public byte Source { get; }

    /// <summary>The reason, to be read together with <see cref="Source"/>.</summary>
    public byte Reason { get; }
}
