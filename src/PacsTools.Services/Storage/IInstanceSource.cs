namespace PacsTools.Services.Storage;

/// <summary>An association instances come from.</summary>
internal interface IInstanceSource
{
    /// <summary>The AE title that sends.</summary>
    string SendingAETitle { get; }

    /// <summary>The AE title it sends to.</summary>
    string ReceivingAETitle { get; }

    /// <summary>The address that sends; null if it is not known.</summary>
    string? SendingAddress { get; }

    /// <summary>Who sends, in words for a log.</summary>
    string Peer { get; }

    /// <summary>Raised once, on the association's thread, when it is over.</summary>
    event Action<IInstanceSource>? Closed;

    /// <summary>Notes that a subscriber got an instance from here. True the first time, and if the association outlives what the subscriber does.</summary>
    bool NoteServed(IReceiveSubscription subscription);

    /// <summary>Ends the association if the subscriber is the only one it ever brought something for.</summary>
    void AbortIfOnlyFor(IReceiveSubscription subscription);
}
