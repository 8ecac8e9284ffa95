namespace PacsTools.Dicom.Pdus;

/// <summary>The seven PDU types (PS3.8 9.3.1); the values are those on the wire.</summary>
public enum PduType : byte
{
    /// <summary>Asks for an association (PS3.8 9.3.2).</summary>
    AAssociateRq = 0x01,

    /// <summary>Accepts an association (PS3.8 9.3.3).</summary>
    AAssociateAc = 0x02,

    /// <summary>Rejects an association (PS3.8 9.3.4).</summary>
    AAssociateRj = 0x03,

    /// <summary>Carries fragments of messages (PS3.8 9.3.5).</summary>
    PDataTf = 0x04,

    /// <summary>Asks for the release of the association (PS3.8 9.3.6).</summary>
    AReleaseRq = 0x05,

    /// <summary>Confirms the release (PS3.8 9.3.7).</summary>
    AReleaseRp = 0x06,

    /// <summary>Ends the association at once (PS3.8 9.3.8).</summary>
    AAbort = 0x07,
}
