namespace PacsTools.TestKit.Faults;

/// <summary>What a byte of a conversation belongs to.</summary>
public enum ByteRegion
{
    /// <summary>Nothing that could be told: TLS, HTTP, or a stream of PDUs that has lost its order.</summary>
    Opaque,

    /// <summary>Type, reserved byte and length of a PDU (PS3.8 9.3.1).</summary>
    PduHeader,

    /// <summary>The rest of a PDU that carries no data: association, release, abort.</summary>
    Control,

    /// <summary>Item length, context id and message control header of a presentation data value (PS3.8 9.3.5.1, E.2).</summary>
    PdvHeader,

    /// <summary>A fragment of a command set (PS3.7 6.3.1).</summary>
    Command,

    /// <summary>The value of Status (0000,0900) in a command set.</summary>
    Status,

    /// <summary>A fragment of a data set.</summary>
    DataSet,
}
