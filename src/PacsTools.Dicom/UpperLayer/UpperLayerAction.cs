namespace PacsTools.Dicom.UpperLayer;

/// <summary>The actions of the upper layer (PS3.8 9.2.2).</summary>
public enum UpperLayerAction : byte
{
    /// <summary>Not possible: the table has no action for this event in this state.</summary>
    None = 0,

    /// <summary>Open the transport connection.</summary>
    AE1 = 1,

    /// <summary>Send A-ASSOCIATE-RQ.</summary>
    AE2 = 2,

    /// <summary>Tell the user that the association is accepted.</summary>
    AE3 = 3,

    /// <summary>Tell the user that the association is rejected and close the transport connection.</summary>
    AE4 = 4,

    /// <summary>Accept the transport connection and start ARTIM.</summary>
    AE5 = 5,

    /// <summary>Stop ARTIM; if the request is acceptable tell the user, else send A-ASSOCIATE-RJ and start ARTIM.</summary>
    AE6 = 6,

    /// <summary>Send A-ASSOCIATE-AC.</summary>
    AE7 = 7,

    /// <summary>Send A-ASSOCIATE-RJ and start ARTIM.</summary>
    AE8 = 8,

    /// <summary>Send P-DATA-TF.</summary>
    DT1 = 9,

    /// <summary>Hand the data to the user.</summary>
    DT2 = 10,

    /// <summary>Send A-RELEASE-RQ.</summary>
    AR1 = 11,

    /// <summary>Tell the user that the peer asks for release.</summary>
    AR2 = 12,

    /// <summary>Confirm the release to the user and close the transport connection.</summary>
    AR3 = 13,

    /// <summary>Send A-RELEASE-RP and start ARTIM.</summary>
    AR4 = 14,

    /// <summary>Stop ARTIM.</summary>
    AR5 = 15,

    /// <summary>Hand the data to the user, which asked for release before.</summary>
    AR6 = 16,

    /// <summary>Send P-DATA-TF although the peer asked for release.</summary>
    AR7 = 17,

    /// <summary>Tell the user of a release collision.</summary>
    AR8 = 18,

    /// <summary>Send A-RELEASE-RP.</summary>
    AR9 = 19,

    /// <summary>Confirm the release to the user.</summary>
    AR10 = 20,

    /// <summary>Send A-ABORT (source service-user) and start or restart ARTIM.</summary>
    AA1 = 21,

    /// <summary>Stop ARTIM if it runs and close the transport connection.</summary>
    AA2 = 22,

    /// <summary>Tell the user of the peer's abort and close the transport connection.</summary>
    AA3 = 23,

    /// <summary>Tell the user that the provider aborted.</summary>
    AA4 = 24,

    /// <summary>Stop ARTIM.</summary>
    AA5 = 25,

    /// <summary>Ignore the PDU.</summary>
    AA6 = 26,

    /// <summary>Send A-ABORT.</summary>
    AA7 = 27,

    /// <summary>Send A-ABORT (source service-provider), tell the user that the provider aborted, and start ARTIM.</summary>
    AA8 = 28,
}
