using static PacsTools.Dicom.Dimse.DimseService;
using static PacsTools.Dicom.Dimse.DimseStatusClass;

namespace PacsTools.Dicom.Dimse;

// PS3.4 F, H, J, P, S, CC and DD: services of N-operations, with what they add to PS3.7 C.
internal static partial class DimseStatusTable
{
    private static DimseStatus[] Commitment() =>
    [
        new(NAction, 0x0112, Failure, "NoSuchSOPInstance", "The peer does not have the instance that the action is for.",
            "For storage commitment that is the well-known instance of the service: the peer does not do storage commitment for our AE title."),
        new(NEventReport, 0x0110, Failure, "ProcessingFailure", "The receiver of the report could not process it.",
            "See the receiver's log. For storage commitment: it may not know the transaction any more."),

        // PS3.4 J.3.3 and PS3.3 C.14.1.1: of a request, and as reason for one instance in the report.
        new(StorageCommitment, 0x0110, Failure, "ProcessingFailure", "The archive could not say whether it keeps the instance safely.",
            "See the archive's log, then ask for commitment again."),
        new(StorageCommitment, 0x0112, Failure, "NoSuchSOPInstance", "The archive does not have the instance.", "Send it again, then ask for commitment."),
        new(StorageCommitment, 0x0119, Failure, "ClassInstanceConflict", "The archive has the instance under another SOP class.",
            "Compare the SOP Class UID in the archive with the one asked for."),
        new(StorageCommitment, 0x0122, Failure, "SOPClassNotSupported", "The archive does not commit to objects of this SOP class.",
            "Do not delete the object; check the archive's configuration and conformance statement."),
        new(StorageCommitment, 0x0131, Failure, "DuplicateTransactionUID", "The Transaction UID is already in use.",
            "Ask again with a new Transaction UID."),
        new(StorageCommitment, 0x0213, Failure, "ResourceLimitation", "The archive lacks the resources to keep the instance.",
            "Do not delete the object. Check the archive's disk space, then ask for commitment again."),
    ];

    private static DimseStatus[] ProcedureSteps() =>
    [
        new(PerformedProcedureStep, 0x0001, Warning, "OptionalAttributesNotSupported", "Done, but requested optional attributes are not supported.", ""),
        new(PerformedProcedureStep, 0x0110, Failure, "MayNoLongerBeUpdated", "The procedure step is completed or discontinued and may no longer be changed; or the peer failed.",
            "Error ID A710 says that the step is final. Corrections are then made in the information system."),

        new(UnifiedProcedureStep, 0x0001, Warning, "OptionalAttributesNotSupported", "Done, but requested optional attributes are not supported.", ""),
        new(UnifiedProcedureStep, 0xA900, Failure, "IdentifierDoesNotMatchSOPClass", "The peer refused the keys.", SeeLog),
        new(UnifiedProcedureStep, 0xB300, Warning, "CreatedWithModifications", "The step was created, with changes.", "Read it back to see them."),
        new(UnifiedProcedureStep, 0xB301, Warning, "DeletionLockNotGranted", "Subscribed, but the step may be deleted before everyone has seen its end.", ""),
        new(UnifiedProcedureStep, 0xB304, Warning, "AlreadyCanceled", "The step is already CANCELED.", ""),
        new(UnifiedProcedureStep, 0xB305, Warning, "ValuesCoerced", "Invalid values were changed to valid ones.", "Read the step back to see them."),
        new(UnifiedProcedureStep, 0xB306, Warning, "AlreadyCompleted", "The step is already COMPLETED.", ""),
        Range(new(UnifiedProcedureStep, 0xC000, Failure, "UnableToProcess", "The peer could not process the request.", SeeLog), 0xCFFF),
        new(UnifiedProcedureStep, 0xC300, Failure, "MayNoLongerBeUpdated", "The step is final and may no longer be changed.", ""),
        new(UnifiedProcedureStep, 0xC301, Failure, "WrongTransactionUID", "The Transaction UID is not the one the step is locked with.", "Someone else performs the step."),
        new(UnifiedProcedureStep, 0xC302, Failure, "AlreadyInProgress", "The step is already IN PROGRESS.", "Someone else performs it."),
        new(UnifiedProcedureStep, 0xC303, Failure, "ScheduledOnlyByCreate", "Only N-CREATE makes a step SCHEDULED.", ""),
        new(UnifiedProcedureStep, 0xC304, Failure, "FinalStateRequirementsNotMet", "The step lacks what the requested final state demands.", "Fill in the performed procedure first."),
        new(UnifiedProcedureStep, 0xC307, Failure, "NoSuchProcedureStep", "The peer does not manage a step with this UID.", "Query the worklist for it."),
        new(UnifiedProcedureStep, 0xC308, Failure, "ReceivingAETitleUnknown", "The peer does not know the AE title that is to get the reports.", "Configure it on the peer, with host and port."),
        new(UnifiedProcedureStep, 0xC309, Failure, "StateNotScheduled", "A step must be created in the state SCHEDULED.", ""),
        new(UnifiedProcedureStep, 0xC310, Failure, "NotYetInProgress", "The step is not yet IN PROGRESS.", ""),
        new(UnifiedProcedureStep, 0xC311, Failure, "AlreadyCompleted", "The step is already COMPLETED.", ""),
        new(UnifiedProcedureStep, 0xC312, Failure, "PerformerCannotBeContacted", "Whoever performs the step cannot be reached.", ""),
        new(UnifiedProcedureStep, 0xC313, Failure, "PerformerDoesNotCancel", "Whoever performs the step chose not to cancel it.", ""),
        new(UnifiedProcedureStep, 0xC314, Failure, "ActionNotAppropriate", "The action does not fit this instance.", ""),
        new(UnifiedProcedureStep, 0xC315, Failure, "EventReportsNotSupported", "The peer sends no event reports.", "Poll the worklist instead."),
        new(UnifiedProcedureStep, 0xFF00, Pending, "MatchSupplied", "A worklist item; more may follow.", ""),
        new(UnifiedProcedureStep, 0xFF01, Pending, "MatchSuppliedKeysNotSupported", "A worklist item; more may follow. Not every optional key is supported.", ""),
    ];

    private static DimseStatus[] Printing() =>
    [
        new(Print, 0xB600, Warning, "MemoryAllocationNotSupported", "The printer does not reserve memory.", ""),
        new(Print, 0xB601, Warning, "CollationNotSupported", "The printer does not print a film session as a whole.", ""),
        new(Print, 0xB602, Warning, "FilmSessionEmptyPage", "The film session has no images: an empty page.", ""),
        new(Print, 0xB603, Warning, "FilmBoxEmptyPage", "The film box has no images: an empty page.", ""),
        new(Print, 0xB604, Warning, "ImageDemagnified", "The image was larger than its box and was made smaller.", ""),
        new(Print, 0xB605, Warning, "DensityOutOfRange", "The requested density is outside of the printer's range; its own limit is used.", ""),
        new(Print, 0xB609, Warning, "ImageCropped", "The image was larger than its box and was cropped.", ""),
        new(Print, 0xB60A, Warning, "ImageDecimated", "The image was larger than its box and was decimated.", ""),
        new(Print, 0xC600, Failure, "FilmSessionEmpty", "The film session has no film boxes.", ""),
        new(Print, 0xC601, Failure, "PrintQueueFullSession", "The print queue is full.", "Look after the printer, then print again."),
        new(Print, 0xC602, Failure, "PrintQueueFull", "The print queue is full.", "Look after the printer, then print again."),
        new(Print, 0xC603, Failure, "ImageTooLarge", "The image is larger than its box.", "Use a format with fewer images, or let the printer magnify or crop."),
        new(Print, 0xC605, Failure, "PrinterMemoryInsufficient", "The printer has no memory left for the image.", "Wait for the queue to empty, or print fewer images a film."),
        new(Print, 0xC613, Failure, "CombinedImageTooLarge", "The combined image is larger than its box.", ""),
        new(Print, 0xC616, Failure, "FilmBoxNotYetPrinted", "An earlier film box has not been printed yet.", "Print the film boxes one after the other."),
    ];

    private static DimseStatus[] OtherServices() =>
    [
        new(MediaCreation, 0x0001, Warning, "OptionalAttributesNotSupported", "Done, but requested optional attributes are not supported.", ""),
        new(MediaCreation, 0xA510, Failure, "AlreadyInitiated", "Creation of this medium has already been started.", ""),
        new(MediaCreation, 0xC201, Failure, "AlreadyCompleted", "The medium is already made.", ""),
        new(MediaCreation, 0xC202, Failure, "CannotBeInterrupted", "The medium is being made and this cannot be interrupted.", ""),
        new(MediaCreation, 0xC203, Failure, "CancellationDenied", "The peer does not cancel the request.", SeeLog),

        new(EventLogging, 0xB101, Warning, "SynchronizationDiffers", "Logged, but the time base is not that of the peer.", "Check time synchronisation."),
        new(EventLogging, 0xB102, Warning, "StudyInstanceUIDCoerced", "Logged under another Study Instance UID.", ""),
        new(EventLogging, 0xB104, Warning, "IdentifiersInconsistent", "Logged, although the identifiers do not quite fit a current study.", ""),
        new(EventLogging, 0xC101, Failure, "LoggingNotAvailable", "There is no log for this study.", ""),
        new(EventLogging, 0xC102, Failure, "EventDoesNotMatchTemplate", "The event does not follow its template.", ""),
        new(EventLogging, 0xC103, Failure, "NoCurrentStudy", "The event fits no current study.", ""),
        new(EventLogging, 0xC104, Failure, "IdentifiersInconsistent", "The identifiers do not fit a current study; not logged.", ""),
        new(EventLogging, 0xC10E, Failure, "OperatorNotAuthorized", "The operator may not add to the medication record.", ""),
        new(EventLogging, 0xC110, Failure, "PatientNotIdentified", "Neither PatientID nor AdmissionID identify the patient.", ""),
        new(EventLogging, 0xC111, Failure, "UpdateFailed", "The medication record could not be updated.", SeeLog),

        new(RTMachineVerification, 0xC112, Failure, "NoSuchVerification", "The machine verification instance was not found.", ""),
        new(RTMachineVerification, 0xC221, Failure, "NoSuchFractionGroup", "The plan has no such fraction group.", ""),
        new(RTMachineVerification, 0xC222, Failure, "NoBeams", "The fraction group has no beams.", ""),
        new(RTMachineVerification, 0xC223, Failure, "AlreadyVerifying", "Another verification is running.", "Wait for its end."),
        new(RTMachineVerification, 0xC224, Failure, "NoSuchBeam", "The fraction group has no such beam.", ""),
        new(RTMachineVerification, 0xC225, Failure, "DeviceNotSupported", "The device or accessory is not supported.", ""),
        new(RTMachineVerification, 0xC226, Failure, "DeviceNotFound", "The beam has no such device or accessory.", ""),
        new(RTMachineVerification, 0xC227, Failure, "NoSuchPlan", "The plan was not found.", ""),
    ];
}
