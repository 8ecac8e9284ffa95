using static PacsTools.Dicom.Dimse.DimseService;
using static PacsTools.Dicom.Dimse.DimseStatusClass;

namespace PacsTools.Dicom.Dimse;

// PS3.7 C: the codes that every service shares.
internal static partial class DimseStatusTable
{
    // Congestion passes; 5 seconds are enough for a queue to move and short enough for a person to wait.
    private static RetryAdvice WhenFree => RetryAdvice.Once(TimeSpan.FromSeconds(5));

    private static DimseStatus[] General() =>
    [
        s_success,
        new(Any, 0x0001, Warning, "OptionalAttributesNotSupported", "The operation is complete, but not every optional attribute was supported.",
            "Usually harmless. The Attribute Identifier List or the Error Comment names the attributes."),
        new(Any, 0x0105, Failure, "NoSuchAttribute", "The peer does not know an attribute of the request.",
            "The Attribute Identifier List names it. Leave it out, or check in the peer's conformance statement what it supports."),
        new(Any, 0x0106, Failure, "InvalidAttributeValue", "A value is out of range or otherwise not acceptable to the peer.",
            "The response names the attributes; compare them with the peer's conformance statement."),
        new(Any, 0x0107, Warning, "AttributeListError", "The operation is complete, but attributes the peer does not know were ignored.",
            "Check that the ignored attributes are not needed; the Attribute Identifier List names them."),
        new(Any, 0x0110, Failure, "ProcessingFailure", "The peer met a failure of its own while it worked on the request.",
            "See the peer's log at this time: database, disk and licence are the usual causes. Once it is mended, ask again."),
        new(Any, 0x0111, Failure, "DuplicateSOPInstance", "An instance with this SOP Instance UID exists already.",
            "If it is the same object, there is nothing to do. Otherwise two systems gave out the same UID."),
        new(Any, 0x0112, Failure, "NoSuchSOPInstance", "The peer does not have the instance.",
            "It may have been deleted, moved to another archive or never have arrived. Query for it."),
        new(Any, 0x0113, Failure, "NoSuchEventType", "The receiver of the report does not know this type of event.",
            "Compare the Event Type ID with the SOP class in both conformance statements."),
        new(Any, 0x0114, Failure, "NoSuchArgument", "The peer does not know a part of the action or event information.",
            "Compare what was sent with the peer's conformance statement."),
        new(Any, 0x0115, Failure, "InvalidArgumentValue", "A value in the action or event information is not acceptable to the peer.",
            "The Error Comment may name it; compare with the peer's conformance statement."),
        new(Any, 0x0116, Warning, "AttributeValueOutOfRange", "The operation is complete, but a value was out of range and was replaced or left out.",
            "Look at the stored object if the value matters."),
        new(Any, 0x0117, Failure, "InvalidSOPInstance", "The SOP Instance UID breaks the rules for UIDs.",
            "Find the system that made the UID: digits and dots only, at most 64 characters, no leading zeros in a component (PS3.5 9.1)."),
        new(Any, 0x0118, Failure, "NoSuchSOPClass", "The peer does not know the SOP class in the request.",
            "Check the SOP classes in the peer's conformance statement and configuration."),
        new(Any, 0x0119, Failure, "ClassInstanceConflict", "The instance belongs to another SOP class than the request says.",
            "The archive and the requester disagree about the object. Query for the instance and compare its SOP Class UID."),
        new(Any, 0x0120, Failure, "MissingAttribute", "A required attribute is missing.",
            "The Attribute Identifier List or the Error Comment names it."),
        new(Any, 0x0121, Failure, "MissingAttributeValue", "A required attribute has no value.",
            "The Attribute Identifier List or the Error Comment names it."),
        new(Any, 0x0122, Failure, "SOPClassNotSupported", "The peer refuses this SOP class, although the association was accepted.",
            "Enable the service or the SOP class on the peer for our AE title, or use another query model or retrieve method."),
        new(Any, 0x0123, Failure, "NoSuchActionType", "The peer does not know the type of action.",
            "Compare the Action Type ID with the SOP class in the peer's conformance statement."),
        new(Any, 0x0124, Failure, "NotAuthorized", "The peer knows who we are and does not permit the operation.",
            "Ask the peer's administrator to permit this operation for our calling AE title, host or user."),
        new(Any, 0x0210, Failure, "DuplicateInvocation", "The Message ID is already in use for another operation of the association.",
            "An error of either program. Ask again on a new association; if it comes back, keep a transcript for the vendor."),
        new(Any, 0x0211, Failure, "UnrecognizedOperation", "The peer does not do this operation for the SOP class.",
            "Check in the peer's conformance statement whether it offers the service as SCP, and whether it is enabled."),
        new(Any, 0x0212, Failure, "MistypedArgument", "A parameter of the request was not agreed for this association.",
            "An error of either program. Keep a transcript for the vendor."),
        new(Any, 0x0213, Failure, "ResourceLimitation", "The peer lacks the resources for the operation.",
            "Check disk space, memory, licences and the number of open associations on the peer, then ask again."),
        new(Any, 0xA700, Failure, "OutOfResources", "The peer refused: out of resources.",
            "Check disk space, memory, database and queues of the peer. It may be only busy: ask again later.", WhenFree),
        new(Any, 0xFE00, Cancel, "Cancelled", "The operation ended because we cancelled it.", ""),
        new(Any, 0xFF00, Pending, "Pending", "The operation goes on; more responses follow.", ""),
        new(Any, 0xFF01, Pending, "PendingWithWarning", "The operation goes on; not every optional key was supported.", ""),
    ];
}
