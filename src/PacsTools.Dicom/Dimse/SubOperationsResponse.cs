namespace PacsTools.Dicom.Dimse;

/// <summary>What the responses of C-MOVE and C-GET have in common: optional counters, where null is not 0 (PS3.7 9.1.3, 9.1.4).</summary>
/// <param name="MessageIdBeingRespondedTo">The id of the request.</param>
/// <param name="Status">The outcome (PS3.4 C.4.2.1.5, C.4.3.1.4).</param>
public abstract record SubOperationsResponse(ushort MessageIdBeingRespondedTo, ushort Status)
    : DimseResponse(MessageIdBeingRespondedTo, Status)
{
    /// <summary>C-STOREs yet to be done, or null if the peer does not count.</summary>
    public ushort? Remaining { get; init; }

    /// <summary>C-STOREs that succeeded, or null if the peer does not count.</summary>
    public ushort? Completed { get; init; }

    /// <summary>C-STOREs that failed, or null if the peer does not count.</summary>
    public ushort? Failed { get; init; }

    /// <summary>C-STOREs that stored with a warning, or null if the peer does not count.</summary>
    public ushort? Warning { get; init; }

    private protected CommandSet CountedCommand(CommandField field) => Command(field) with
    {
        NumberOfRemainingSubOperations = Remaining,
        NumberOfCompletedSubOperations = Completed,
        NumberOfFailedSubOperations = Failed,
        NumberOfWarningSubOperations = Warning,
    };
}
