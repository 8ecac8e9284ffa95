using System.Collections.Immutable;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;

namespace PacsTools.Services.Storage;

/// <summary>Who waits for the instances of an association, and who counts them: a Storage SCP, or the requestor of a C-GET.</summary>
internal interface IInstanceReception
{
    /// <summary>Those who wait now.</summary>
    ImmutableArray<IReceiveSubscription> Subscriptions { get; }

    /// <summary>Who takes what nobody waits for; null if it is refused.</summary>
    IReceiveSubscription? OpenReception { get; }

    /// <summary>The attributes any of them needs.</summary>
    IReadOnlyList<DicomTag> WantedTags { get; }

    /// <summary>Who is told of every instance that is wanted; null for nobody.</summary>
    ArrivalHub? Arrivals => null;

    /// <summary>True if everything is to be flushed to the disk, whether who waits for it asks for that or not.</summary>
    bool FlushToDisk => false;

    void CountReceived(long bytes);

    void CountFailed();

    void CountRefused(IInstanceSource source, CStoreRequest request);
}
