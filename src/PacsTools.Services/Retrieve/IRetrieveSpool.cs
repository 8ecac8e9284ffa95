using PacsTools.Services.Storage;

namespace PacsTools.Services.Retrieve;

/// <summary>A place where received files stay only until somebody has passed them on. Called from the threads of the storage associations.</summary>
internal interface IRetrieveSpool
{
    /// <summary>Bytes have come; blocks while too much lies here, so that the archive slows down.</summary>
    /// <param name="alive">To be called at least every few seconds: whoever waits for us must not take us for dead.</param>
    /// <param name="stop">Ends the waiting.</param>
    void WaitForRoom(Action alive, CancellationToken stop);

    /// <summary>A whole file lies here now.</summary>
    void Enter(DicomInstanceFile file);

    /// <summary>A file nobody will ask for.</summary>
    void Discard(DicomInstanceFile file);
}
