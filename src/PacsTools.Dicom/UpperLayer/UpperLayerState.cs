namespace PacsTools.Dicom.UpperLayer;

/// <summary>The states of the upper layer (PS3.8 9.2.1), numbered as there.</summary>
public enum UpperLayerState : byte
{
    /// <summary>Idle.</summary>
    Sta1 = 1,

    /// <summary>Transport connection open; waiting for A-ASSOCIATE-RQ.</summary>
    Sta2 = 2,

    /// <summary>Waiting for the local user to accept or reject.</summary>
    Sta3 = 3,

    /// <summary>Waiting for the transport connection to open.</summary>
    Sta4 = 4,

    /// <summary>Waiting for A-ASSOCIATE-AC or A-ASSOCIATE-RJ.</summary>
    Sta5 = 5,

    /// <summary>Association established; ready for data.</summary>
    Sta6 = 6,

    /// <summary>Release asked for; waiting for A-RELEASE-RP.</summary>
    Sta7 = 7,

    /// <summary>Release asked for by the peer; waiting for the local user to agree.</summary>
    Sta8 = 8,

    /// <summary>Release collision, requestor side; waiting for the local user to agree.</summary>
    Sta9 = 9,

    /// <summary>Release collision, acceptor side; waiting for A-RELEASE-RP.</summary>
    Sta10 = 10,

    /// <summary>Release collision, requestor side; waiting for A-RELEASE-RP.</summary>
    Sta11 = 11,

    /// <summary>Release collision, acceptor side; waiting for the local user to agree.</summary>
    Sta12 = 12,

    /// <summary>The association is gone; waiting for the transport connection to close.</summary>
    Sta13 = 13,
}
