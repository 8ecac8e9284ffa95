namespace PacsTools.Dicom.Data;

public static partial class DicomUids
{
    /// <summary>Verification.</summary>
    public const string Verification = "1.2.840.10008.1.1";

    /// <summary>Media Storage Directory Storage.</summary>
    public const string MediaStorageDirectoryStorage = "1.2.840.10008.1.3.10";

    /// <summary>Storage Commitment Push Model.</summary>
    public const string StorageCommitmentPushModel = "1.2.840.10008.1.20.1";

    /// <summary>Storage Commitment Push Model SOP Instance.</summary>
    public const string StorageCommitmentPushModelInstance = "1.2.840.10008.1.20.1.1";

    /// <summary>Modality Performed Procedure Step.</summary>
    public const string ModalityPerformedProcedureStep = "1.2.840.10008.3.1.2.3.3";

    /// <summary>Modality Performed Procedure Step Retrieve.</summary>
    public const string ModalityPerformedProcedureStepRetrieve = "1.2.840.10008.3.1.2.3.4";

    /// <summary>Modality Performed Procedure Step Notification.</summary>
    public const string ModalityPerformedProcedureStepNotification = "1.2.840.10008.3.1.2.3.5";

    /// <summary>Inventory - FIND.</summary>
    public const string InventoryFind = "1.2.840.10008.5.1.4.1.1.201.2";

    /// <summary>Inventory - MOVE.</summary>
    public const string InventoryMove = "1.2.840.10008.5.1.4.1.1.201.3";

    /// <summary>Inventory - GET.</summary>
    public const string InventoryGet = "1.2.840.10008.5.1.4.1.1.201.4";

    /// <summary>Patient Root Query/Retrieve Information Model - FIND.</summary>
    public const string PatientRootQueryRetrieveInformationModelFind = "1.2.840.10008.5.1.4.1.2.1.1";

    /// <summary>Patient Root Query/Retrieve Information Model - MOVE.</summary>
    public const string PatientRootQueryRetrieveInformationModelMove = "1.2.840.10008.5.1.4.1.2.1.2";

    /// <summary>Patient Root Query/Retrieve Information Model - GET.</summary>
    public const string PatientRootQueryRetrieveInformationModelGet = "1.2.840.10008.5.1.4.1.2.1.3";

    /// <summary>Study Root Query/Retrieve Information Model - FIND.</summary>
    public const string StudyRootQueryRetrieveInformationModelFind = "1.2.840.10008.5.1.4.1.2.2.1";

    /// <summary>Study Root Query/Retrieve Information Model - MOVE.</summary>
    public const string StudyRootQueryRetrieveInformationModelMove = "1.2.840.10008.5.1.4.1.2.2.2";

    /// <summary>Study Root Query/Retrieve Information Model - GET.</summary>
    public const string StudyRootQueryRetrieveInformationModelGet = "1.2.840.10008.5.1.4.1.2.2.3";

    /// <summary>Composite Instance Root Retrieve - MOVE.</summary>
    public const string CompositeInstanceRootRetrieveMove = "1.2.840.10008.5.1.4.1.2.4.2";

    /// <summary>Composite Instance Root Retrieve - GET.</summary>
    public const string CompositeInstanceRootRetrieveGet = "1.2.840.10008.5.1.4.1.2.4.3";

    /// <summary>Composite Instance Retrieve Without Bulk Data - GET.</summary>
    public const string CompositeInstanceRetrieveWithoutBulkDataGet = "1.2.840.10008.5.1.4.1.2.5.3";

    /// <summary>Modality Worklist Information Model - FIND.</summary>
    public const string ModalityWorklistInformationModelFind = "1.2.840.10008.5.1.4.31";

    /// <summary>Instance Availability Notification.</summary>
    public const string InstanceAvailabilityNotification = "1.2.840.10008.5.1.4.33";

    /// <summary>Unified Procedure Step - Push.</summary>
    public const string UnifiedProcedureStepPush = "1.2.840.10008.5.1.4.34.6.1";

    /// <summary>Unified Procedure Step - Watch.</summary>
    public const string UnifiedProcedureStepWatch = "1.2.840.10008.5.1.4.34.6.2";

    /// <summary>Unified Procedure Step - Pull.</summary>
    public const string UnifiedProcedureStepPull = "1.2.840.10008.5.1.4.34.6.3";

    /// <summary>Unified Procedure Step - Event.</summary>
    public const string UnifiedProcedureStepEvent = "1.2.840.10008.5.1.4.34.6.4";

    /// <summary>Unified Procedure Step - Query.</summary>
    public const string UnifiedProcedureStepQuery = "1.2.840.10008.5.1.4.34.6.5";

    /// <summary>Patient Root Query/Retrieve Information Model - FIND, in short.</summary>
    public const string PatientRootFind = PatientRootQueryRetrieveInformationModelFind;

    /// <summary>Patient Root Query/Retrieve Information Model - MOVE, in short.</summary>
    public const string PatientRootMove = PatientRootQueryRetrieveInformationModelMove;

    /// <summary>Patient Root Query/Retrieve Information Model - GET, in short.</summary>
    public const string PatientRootGet = PatientRootQueryRetrieveInformationModelGet;

    /// <summary>Study Root Query/Retrieve Information Model - FIND, in short.</summary>
    public const string StudyRootFind = StudyRootQueryRetrieveInformationModelFind;

    /// <summary>Study Root Query/Retrieve Information Model - MOVE, in short.</summary>
    public const string StudyRootMove = StudyRootQueryRetrieveInformationModelMove;

    /// <summary>Study Root Query/Retrieve Information Model - GET, in short.</summary>
    public const string StudyRootGet = StudyRootQueryRetrieveInformationModelGet;

    /// <summary>Modality Worklist Information Model - FIND, in short.</summary>
    public const string ModalityWorklistFind = ModalityWorklistInformationModelFind;
}
