namespace PacsTools.Dicom.Dimse;

/// <summary>The element numbers of group 0000 (PS3.7 E.1).</summary>
internal static class CommandElements
{
    public const ushort CommandGroupLength = 0x0000;
    public const ushort AffectedSOPClassUID = 0x0002;
    public const ushort RequestedSOPClassUID = 0x0003;
    public const ushort CommandField = 0x0100;
    public const ushort MessageId = 0x0110;
    public const ushort MessageIdBeingRespondedTo = 0x0120;
    public const ushort MoveDestination = 0x0600;
    public const ushort Priority = 0x0700;
    public const ushort CommandDataSetType = 0x0800;
    public const ushort Status = 0x0900;
    public const ushort OffendingElement = 0x0901;
    public const ushort ErrorComment = 0x0902;
    public const ushort ErrorId = 0x0903;
    public const ushort AffectedSOPInstanceUID = 0x1000;
    public const ushort RequestedSOPInstanceUID = 0x1001;
    public const ushort EventTypeId = 0x1002;
    public const ushort ActionTypeId = 0x1008;
    public const ushort NumberOfRemainingSubOperations = 0x1020;
    public const ushort NumberOfCompletedSubOperations = 0x1021;
    public const ushort NumberOfFailedSubOperations = 0x1022;
    public const ushort NumberOfWarningSubOperations = 0x1023;
    public const ushort MoveOriginatorAETitle = 0x1030;
    public const ushort MoveOriginatorMessageId = 0x1031;

    /// <summary>The value of Command Data Set Type that says that there is none. Any other says that there is one.</summary>
    public const ushort NoDataSet = 0x0101;

    /// <summary>The value we send to say that there is a data set.</summary>
    public const ushort DataSetFollows = 0x0001;

    public static string Name(ushort element) => element switch
    {
        CommandGroupLength => "Command Group Length",
        AffectedSOPClassUID => "Affected SOP Class UID",
        RequestedSOPClassUID => "Requested SOP Class UID",
        CommandField => "Command Field",
        MessageId => "Message ID",
        MessageIdBeingRespondedTo => "Message ID Being Responded To",
        MoveDestination => "Move Destination",
        Priority => "Priority",
        CommandDataSetType => "Command Data Set Type",
        Status => "Status",
        OffendingElement => "Offending Element",
        ErrorComment => "Error Comment",
        ErrorId => "Error ID",
        AffectedSOPInstanceUID => "Affected SOP Instance UID",
        RequestedSOPInstanceUID => "Requested SOP Instance UID",
        EventTypeId => "Event Type ID",
        ActionTypeId => "Action Type ID",
        NumberOfRemainingSubOperations => "Number of Remaining Sub-operations",
        NumberOfCompletedSubOperations => "Number of Completed Sub-operations",
        NumberOfFailedSubOperations => "Number of Failed Sub-operations",
        NumberOfWarningSubOperations => "Number of Warning Sub-operations",
        MoveOriginatorAETitle => "Move Originator Application Entity Title",
        MoveOriginatorMessageId => "Move Originator Message ID",
        _ => $"(0000,{element:X4})",
    };
}
