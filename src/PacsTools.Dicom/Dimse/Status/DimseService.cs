namespace PacsTools.Dicom.Dimse;

/// <summary>What was asked of the peer, as far as it gives status codes a meaning of their own: the operations of PS3.7 9 and 10,
/// then the service classes of PS3.4 which add codes to them.</summary>
public enum DimseService
{
    /// <summary>Any operation: the codes of PS3.7 C.</summary>
    Any,

    /// <summary>C-ECHO (PS3.4 A).</summary>
    Echo,

    /// <summary>C-STORE (PS3.4 B.2.3).</summary>
    Store,

    /// <summary>C-FIND of the query models (PS3.4 C.4.1.1.4).</summary>
    Find,

    /// <summary>C-MOVE (PS3.4 C.4.2.1.5).</summary>
    Move,

    /// <summary>C-GET (PS3.4 C.4.3.1.4).</summary>
    Get,

    /// <summary>N-EVENT-REPORT (PS3.7 10.1.1).</summary>
    NEventReport,

    /// <summary>N-GET (PS3.7 10.1.2).</summary>
    NGet,

    /// <summary>N-SET (PS3.7 10.1.3).</summary>
    NSet,

    /// <summary>N-ACTION (PS3.7 10.1.4).</summary>
    NAction,

    /// <summary>N-CREATE (PS3.7 10.1.5).</summary>
    NCreate,

    /// <summary>N-DELETE (PS3.7 10.1.6).</summary>
    NDelete,

    /// <summary>C-FIND of the modality worklist (PS3.4 K.4.1.1.4).</summary>
    ModalityWorklist,

    /// <summary>C-FIND for relevant patient information (PS3.4 Q.2).</summary>
    RelevantPatientInformation,

    /// <summary>C-FIND of product characteristics and substance approval (PS3.4 V).</summary>
    SubstanceAdministration,

    /// <summary>C-STORE of objects that belong to no patient (PS3.4 GG).</summary>
    NonPatientObjectStorage,

    /// <summary>Storage commitment: N-ACTION and N-EVENT-REPORT, and the failure reasons in the report (PS3.4 J.3).</summary>
    StorageCommitment,

    /// <summary>Modality performed procedure step (PS3.4 F.7).</summary>
    PerformedProcedureStep,

    /// <summary>Unified procedure step (PS3.4 CC.2).</summary>
    UnifiedProcedureStep,

    /// <summary>Print management (PS3.4 H.4).</summary>
    Print,

    /// <summary>Media creation management (PS3.4 S.3).</summary>
    MediaCreation,

    /// <summary>Procedural event and substance administration logging (PS3.4 P.3).</summary>
    EventLogging,

    /// <summary>RT machine verification (PS3.4 DD.3).</summary>
    RTMachineVerification,

    /// <summary>C-FIND of a repository and its inventories (PS3.4 KK).</summary>
    StorageManagement,
}
