namespace PacsTools.Dicom.Dimse;

/// <summary>Command Field (0000,0100), PS3.7 E.1. Other values than these are kept as read.</summary>
public enum CommandField : ushort
{
    /// <summary>C-STORE request.</summary>
    CStoreRequest = 0x0001,

    /// <summary>C-STORE response.</summary>
    CStoreResponse = 0x8001,

    /// <summary>C-GET request.</summary>
    CGetRequest = 0x0010,

    /// <summary>C-GET response.</summary>
    CGetResponse = 0x8010,

    /// <summary>C-FIND request.</summary>
    CFindRequest = 0x0020,

    /// <summary>C-FIND response.</summary>
    CFindResponse = 0x8020,

    /// <summary>C-MOVE request.</summary>
    CMoveRequest = 0x0021,

    /// <summary>C-MOVE response.</summary>
    CMoveResponse = 0x8021,

    /// <summary>C-ECHO request.</summary>
    CEchoRequest = 0x0030,

    /// <summary>C-ECHO response.</summary>
    CEchoResponse = 0x8030,

    /// <summary>N-EVENT-REPORT request.</summary>
    NEventReportRequest = 0x0100,

    /// <summary>N-EVENT-REPORT response.</summary>
    NEventReportResponse = 0x8100,

    /// <summary>N-GET request.</summary>
    NGetRequest = 0x0110,

    /// <summary>N-GET response.</summary>
    NGetResponse = 0x8110,

    /// <summary>N-SET request.</summary>
    NSetRequest = 0x0120,

    /// <summary>N-SET response.</summary>
    NSetResponse = 0x8120,

    /// <summary>N-ACTION request.</summary>
    NActionRequest = 0x0130,

    /// <summary>N-ACTION response.</summary>
    NActionResponse = 0x8130,

    /// <summary>N-CREATE request.</summary>
    NCreateRequest = 0x0140,

    /// <summary>N-CREATE response.</summary>
    NCreateResponse = 0x8140,

    /// <summary>N-DELETE request.</summary>
    NDeleteRequest = 0x0150,

    /// <summary>N-DELETE response.</summary>
    NDeleteResponse = 0x8150,

    /// <summary>C-CANCEL request; it has no response of its own.</summary>
    CCancelRequest = 0x0FFF,
}
