using static PacsTools.Dicom.Dimse.DimseService;
using static PacsTools.Dicom.Dimse.DimseStatusClass;

namespace PacsTools.Dicom.Dimse;

// PS3.4 B, C, K, Q, V, Y, GG and KK: storing, querying and retrieving.
internal static partial class DimseStatusTable
{
    private const string SeeLog = "See the Error Comment and the peer's log at this time.";

    private static DimseStatus[] Storage() =>
    [
        new(Store, 0x0117, Failure, "InvalidSOPInstance", "The receiver refused the instance: its SOP Instance UID breaks the rules for UIDs.",
            "Find the system that made the UID; the object needs a new one before it can be archived."),
        new(Store, 0x0122, Failure, "SOPClassNotSupported", "The receiver does not store this SOP class.",
            "Enable the storage SOP class on the receiver, or leave out objects of this kind."),
        new(Store, 0x0124, Failure, "NotAuthorized", "The receiver does not let us store.",
            "Permit C-STORE on the receiver for our calling AE title and host."),
        new(Store, 0xA700, Failure, "OutOfResources", "The receiver has no room for the instance.",
            "Check the disk space and quota of the receiver's storage, and whether its import queue is stuck.", WhenFree),
        Range(new(Store, 0xA701, Failure, "OutOfResources", "The receiver has no room for the instance.",
            "Check the disk space and quota of the receiver's storage. " + SeeLog), 0xA7FF),
        Range(new(Store, 0xA900, Failure, "DataSetDoesNotMatchSOPClass", "The receiver refused the instance: its data set is not one of its SOP class.",
            "The object is not well formed: mandatory attributes are missing, or SOP Class UIDs of the request and the object differ. Check the object with a validator."), 0xA9FF),
        Range(new(Store, 0xC000, Failure, "CannotUnderstand", "The receiver could not understand or store the instance.",
            "Often a damaged or unusual object, or a transfer syntax that was accepted but cannot be decoded. " + SeeLog + " Sending it again does not help."), 0xCFFF),
        new(Store, 0xB000, Warning, "CoercionOfDataElements", "Stored, but the receiver changed attributes, for example to match its patient data.",
            "Compare patient and study attributes in the receiver with the object."),
        new(Store, 0xB006, Warning, "ElementsDiscarded", "Stored, but the receiver left out some attributes.",
            "Check that nothing needed is lost, private attributes above all."),
        new(Store, 0xB007, Warning, "DataSetDoesNotMatchSOPClass", "Stored, although the data set is not quite one of its SOP class.",
            "The object may not be shown everywhere. Tell the vendor of the system that made it."),

        // PS3.4 GG.4: exact codes here, where storage of images has ranges.
        new(NonPatientObjectStorage, 0xA900, Failure, "DataSetDoesNotMatchSOPClass", "The receiver refused the object: its data set is not one of its SOP class.",
            "Check the object with a validator. " + SeeLog),
        new(NonPatientObjectStorage, 0xC000, Failure, "CannotUnderstand", "The receiver could not understand the object.", SeeLog),
    ];

    private static DimseStatus[] Query() =>
    [
        s_findSuccess,
        new(Find, 0x0122, Failure, "SOPClassNotSupported", "The peer does not offer this query model.",
            "Try the other query model, Patient Root instead of Study Root or the other way round."),
        new(Find, 0x0124, Failure, "NotAuthorized", "The peer does not let us query.",
            "Permit C-FIND on the peer for our calling AE title and host."),
        new(Find, 0xA700, Failure, "OutOfResources", "The peer refused the query: out of resources.",
            "The query may match too much: give more keys or a narrower date range. Otherwise check the peer's database and load.", WhenFree),
        new(Find, 0xA710, Failure, "InvalidPriorRecordKey", "The query was to go on after a record that the peer does not know.",
            "Start the query anew, without the prior record key."),
        Range(new(Find, 0xA900, Failure, "IdentifierDoesNotMatchSOPClass", "The peer refused the query: its keys do not fit the query model and level.",
            "Usually a key of the wrong level, or the unique key of a higher level is missing: ask for series with their StudyInstanceUID. Leave out unusual keys."), 0xA9FF),
        Range(new(Find, 0xC000, Failure, "UnableToProcess", "The peer could not process the query.",
            "Try the query with fewer keys to find the one it stumbles over. " + SeeLog + " Asking the same again does not help."), 0xCFFF),
        new(Find, 0xB001, Warning, "ResponseLimitReached", "The peer stopped at its limit of responses; there are more matches.",
            "Narrow the query by date or modality, or raise the limit on the peer."),
        new(Find, 0xFE00, Cancel, "Cancelled", "The query ended because we cancelled it.", ""),
        new(Find, 0xFF00, Pending, "MatchSupplied", "A match; more may follow.", ""),
        new(Find, 0xFF01, Pending, "MatchSuppliedKeysNotSupported", "A match; more may follow. The peer does not support every optional key of the query.",
            "Keys without support do not restrict the matches: filter the results."),

        new(StorageManagement, 0xB010, Warning, "KeysNotSupported", "Complete, but one or more keys were not supported for matching.",
            "Filter the results by those keys."),

        new(ModalityWorklist, 0xA700, Failure, "OutOfResources", "The worklist server refused the query: out of resources.",
            "Narrow the query by scheduled date, station AE title or modality; check the server's load.", WhenFree),
        new(ModalityWorklist, 0xA900, Failure, "IdentifierDoesNotMatchSOPClass", "The worklist server refused the keys.",
            "Keys of the scheduled step belong into the Scheduled Procedure Step Sequence. Leave out unusual keys."),
        Range(new(ModalityWorklist, 0xC000, Failure, "UnableToProcess", "The worklist server could not process the query.", SeeLog), 0xCFFF),
        new(ModalityWorklist, 0xFF00, Pending, "MatchSupplied", "A worklist item; more may follow.", ""),
        new(ModalityWorklist, 0xFF01, Pending, "MatchSuppliedKeysNotSupported", "A worklist item; more may follow. Not every optional key is supported.",
            "Keys without support do not restrict the items: filter them."),

        new(RelevantPatientInformation, 0xA900, Failure, "IdentifierDoesNotMatchSOPClass", "The peer refused the keys.", SeeLog),
        new(RelevantPatientInformation, 0xC000, Failure, "UnableToProcess", "The peer could not process the query.", SeeLog),
        new(RelevantPatientInformation, 0xC100, Failure, "MoreThanOneMatch", "More than one patient matches; this query returns at most one.",
            "Give PatientID and IssuerOfPatientID so that one patient matches."),
        new(RelevantPatientInformation, 0xC200, Failure, "TemplateNotSupported", "The peer cannot supply the requested template.",
            "Ask for a template that the peer's conformance statement lists."),
        new(RelevantPatientInformation, 0xFF00, Pending, "MatchSupplied", "The match; the final response follows.", ""),

        new(SubstanceAdministration, 0xA900, Failure, "IdentifierDoesNotMatchSOPClass", "The peer refused the keys.", SeeLog),
        Range(new(SubstanceAdministration, 0xC000, Failure, "UnableToProcess", "The peer could not process the query.", SeeLog), 0xCFFF),
    ];

    private static DimseStatus[] Retrieve() =>
    [
        s_moveSuccess,
        new(Move, 0x0122, Failure, "SOPClassNotSupported", "The peer does not offer C-MOVE for this query model.",
            "Try the other query model, or C-GET."),
        new(Move, 0x0124, Failure, "NotAuthorized", "The peer does not let us retrieve.",
            "Permit C-MOVE on the peer for our calling AE title, and for sending to the destination AE title."),
        new(Move, 0xA701, Failure, "OutOfResourcesMatches", "The peer could not work out how many instances match.",
            "Retrieve less at once, by study or by series; check the peer's database."),
        new(Move, 0xA702, Failure, "OutOfResourcesSubOperations", "The peer could not carry out the transfers.",
            "Usually it could not connect to the destination. Check the destination's AE title, host and port on the peer, that our Storage SCP is running, and firewalls in that direction; then the peer's load."),
        new(Move, 0xA801, Failure, "MoveDestinationUnknown", "The peer does not know the destination AE title.",
            "Configure the AE title of our Storage SCP with its host and port on the peer, spelt the same, or name a destination that the peer knows."),
        Range(new(Move, 0xA900, Failure, "IdentifierDoesNotMatchSOPClass", "The peer refused the request: its keys do not fit the query model and level.",
            "Patient Root needs a PatientID as well; a series needs its StudyInstanceUID. Otherwise try Study Root."), 0xA9FF),
        Range(new(Move, 0xC000, Failure, "UnableToProcess", "The peer could not process the retrieve.",
            "Check the move destination too: some archives, Orthanc among them, answer so when they do not know its AE title. Otherwise " + LowerSeeLog + " Asking the same again does not help."), 0xCFFF),
        new(Move, 0xB000, Warning, "SubOperationsFailed", "The retrieve ended, but one or more instances could not be sent or were stored with a warning.",
            "The response lists the instances that failed. Check whether the destination takes their SOP classes and transfer syntaxes and has room."),
        new(Move, 0xFE00, Cancel, "Cancelled", "The retrieve ended because we cancelled it.", ""),
        new(Move, 0xFF00, Pending, "SubOperationsContinue", "The retrieve goes on.", ""),

        s_getSuccess,
        new(Get, 0x0122, Failure, "SOPClassNotSupported", "The peer does not offer C-GET for this query model.",
            "Try the other query model, or C-MOVE."),
        new(Get, 0x0124, Failure, "NotAuthorized", "The peer does not let us retrieve.",
            "Permit C-GET on the peer for our calling AE title and host."),
        new(Get, 0xA701, Failure, "OutOfResourcesMatches", "The peer could not work out how many instances match.",
            "Retrieve less at once, by study or by series; check the peer's database."),
        new(Get, 0xA702, Failure, "OutOfResourcesSubOperations", "The peer could not carry out the transfers.",
            "It may lack a presentation context for some SOP class of the study. " + SeeLog),
        Range(new(Get, 0xA900, Failure, "IdentifierDoesNotMatchSOPClass", "The peer refused the request: its keys do not fit the query model and level.",
            "Patient Root needs a PatientID as well; a series needs its StudyInstanceUID. Otherwise try Study Root."), 0xA9FF),
        Range(new(Get, 0xC000, Failure, "UnableToProcess", "The peer could not process the retrieve.",
            SeeLog + " Asking the same again does not help; C-MOVE may."), 0xCFFF),
        new(Get, 0xB000, Warning, "SubOperationsFailed", "The retrieve ended, but one or more instances could not be sent or were stored with a warning.",
            "The response lists the instances that failed; often their SOP class or transfer syntax was not agreed for the association. Try C-MOVE for those."),
        new(Get, 0xFE00, Cancel, "Cancelled", "The retrieve ended because we cancelled it.", ""),
        new(Get, 0xFF00, Pending, "SubOperationsContinue", "The retrieve goes on.", ""),

        .. FrameLevel(Move),
        .. FrameLevel(Get),
    ];

    private const string LowerSeeLog = "see the Error Comment and the peer's log at this time.";

    // PS3.4 Y.4: retrieving frames of an instance.
    private static DimseStatus[] FrameLevel(DimseService service) =>
    [
        new(service, 0xAA00, Failure, "FramesNotFound", "The instance has none of the requested frames.", "Check the frame numbers or times."),
        new(service, 0xAA01, Failure, "CannotCreateObject", "The peer cannot make a new object of this SOP class from frames.", "Retrieve the whole instance."),
        new(service, 0xAA02, Failure, "CannotExtractFrames", "The peer cannot extract the frames.", "Retrieve the whole instance."),
        new(service, 0xAA03, Failure, "NotTimeBased", "Frames were asked for by time of an instance that has no times.", "Ask by frame numbers."),
        new(service, 0xAA04, Failure, "InvalidFrameRequest", "The request for frames is not valid.", SeeLog),
    ];
}
