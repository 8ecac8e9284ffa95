namespace PacsTools.Dicom.Pdus;

/// <summary>A-ABORT: the association is over at once (PS3.8 9.3.8). Codes outside the standard's are kept as read.</summary>
public sealed class AAbort : Pdu
{
    /// <summary>The source of an abort wanted by the application; its reason means nothing and is sent as 0.</summary>
    public const byte ServiceUser = 0;

    /// <summary>The source of an abort by the protocol itself.</summary>
    public const byte ServiceProvider = 2;

    /// <summary>Creates an abort from the two codes of PS3.8 Table 9-26.</summary>
    public AAbort(byte source, byte reason)
    {
        Source = source;
        Reason = reason;
    }

    /// <summary>Creates the abort that an application asks for.</summary>
    public static AAbort ByUser => new(ServiceUser, 0);

    /// <inheritdoc/>
    public override PduType Type => PduType.AAbort;

    /// <summary>0 service-user, 2 service-provider.</summary>
    public byte Source { get; }

    /// <summary>The reason; significant only if <see cref="Source"/> is 2. See <see cref="AbortReason"/>.</summary>
    public byte Reason { get; }

    /// <summary>Creates the abort with which the protocol answers an error of the peer.</summary>
    public static AAbort ByProvider(AbortReason reason) => new(ServiceProvider, (byte)reason);
}
