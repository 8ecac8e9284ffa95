namespace PacsTools.Dicom.UpperLayer;

/// <summary>The events of the upper layer (PS3.8 Table 9-10), numbered as there.</summary>
public enum UpperLayerEvent : byte
{
    /// <summary>A-ASSOCIATE request of the local user.</summary>
    Evt1 = 1,

    /// <summary>The transport connection is open.</summary>
    Evt2 = 2,

    /// <summary>A-ASSOCIATE-AC received.</summary>
    Evt3 = 3,

    /// <summary>A-ASSOCIATE-RJ received.</summary>
    Evt4 = 4,

    /// <summary>A transport connection came in.</summary>
    Evt5 = 5,

    /// <summary>A-ASSOCIATE-RQ received.</summary>
    Evt6 = 6,

    /// <summary>The local user accepts the association.</summary>
    Evt7 = 7,

    /// <summary>The local user rejects the association.</summary>
    Evt8 = 8,

    /// <summary>P-DATA request of the local user.</summary>
    Evt9 = 9,

    /// <summary>P-DATA-TF received.</summary>
    Evt10 = 10,

    /// <summary>A-RELEASE request of the local user.</summary>
    Evt11 = 11,

    /// <summary>A-RELEASE-RQ received.</summary>
    Evt12 = 12,

    /// <summary>A-RELEASE-RP received.</summary>
    Evt13 = 13,

    /// <summary>The local user agrees to the release.</summary>
    Evt14 = 14,

    /// <summary>A-ABORT request of the local user.</summary>
    Evt15 = 15,

    /// <summary>A-ABORT received.</summary>
    Evt16 = 16,

    /// <summary>The transport connection closed.</summary>
    Evt17 = 17,

    /// <summary>The ARTIM timer expired.</summary>
    Evt18 = 18,

    /// <summary>An unrecognised or invalid PDU received.</summary>
    Evt19 = 19,
}
