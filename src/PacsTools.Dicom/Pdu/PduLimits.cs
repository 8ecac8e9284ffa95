namespace PacsTools.Dicom.Pdus;

/// <summary>The longest PDUs we are ready to buffer. A longer one is a protocol error, found from its header alone.</summary>
/// <param name="MaxAssociateLength">Limit in bytes of the length field of A-ASSOCIATE-RQ and -AC.</param>
/// <param name="MaxPDataLength">Limit in bytes of the length field of P-DATA-TF: the maximum length we announced (PS3.8 D.1).</param>
public readonly record struct PduLimits(uint MaxAssociateLength, uint MaxPDataLength)
{
    /// <summary>The maximum length we announce unless told otherwise, in bytes.</summary>
    public const uint DefaultMaxPDataLength = 262144;

    /// <summary>The limit of an A-ASSOCIATE PDU: 1 MiB. 128 contexts with every transfer syntax there is need a quarter of it.</summary>
    public const uint DefaultMaxAssociateLength = 1024 * 1024;

    /// <summary>1 MiB for A-ASSOCIATE, 262,144 bytes for P-DATA.</summary>
    public static PduLimits Default => new(DefaultMaxAssociateLength, DefaultMaxPDataLength);

    /// <summary>The limits of an association on which we announced this maximum length.</summary>
    /// <param name="announcedMaxPduLength">What our user information said; 0 means that we set no maximum.</param>
    public static PduLimits ForAnnounced(uint announcedMaxPduLength) =>
        new(DefaultMaxAssociateLength, announcedMaxPduLength == 0 ? int.MaxValue - PduHeader.Size : announcedMaxPduLength);
}
