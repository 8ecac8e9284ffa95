using PacsTools.Dicom.Data;

namespace PacsTools.Services.Storage;

/// <summary>Someone who waits for instances. Called from the threads of the storage associations, several at once.</summary>
internal interface IReceiveSubscription
{
    /// <summary>The attributes the subscriber's layout needs.</summary>
    IReadOnlyList<DicomTag> WantedTags { get; }

    /// <summary>True once nothing more is wanted; what is on its way in is dropped then.</summary>
    bool IsOver { get; }

    /// <summary>Asks whether an instance is wanted. After an answer other than null exactly one <see cref="End"/> follows.</summary>
    /// <returns>Where it is to go; null if it is not wanted.</returns>
    ReceiveTarget? Begin(IncomingInstance instance, IInstanceSource association);

    /// <summary>Bytes of a wanted instance have come.</summary>
    void NoteActivity();

    /// <summary>So many bytes have been written for the subscriber; may block, to slow the sender down.</summary>
    void Pace(long bytes)
    {
    }

    /// <summary>
    /// The instance has become what the record says, or has broken off (null). May block: the sender is answered only afterwards, and so a
    /// slow consumer slows the network.
    /// </summary>
    void End(IncomingInstance instance, IInstanceSource association, DicomInstanceFile? file);

    /// <summary>Something the user should know about an instance of this subscriber.</summary>
    void Warn(string id, string text);
}
