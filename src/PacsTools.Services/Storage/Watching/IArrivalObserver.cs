namespace PacsTools.Services.Storage;

/// <summary>Someone who looks on while a Storage SCP receives. Called from the threads of its associations, several at once: must never block and never throw.</summary>
internal interface IArrivalObserver
{
    /// <summary>An instance has begun to come in. Exactly one <see cref="OnEnd"/> follows.</summary>
    /// <param name="studyInstanceUid">Its study; null if its header names none.</param>
    void OnBegin(string? studyInstanceUid);

    /// <summary>It has become what the record says. The sender has not been answered yet.</summary>
    /// <param name="studyInstanceUid">As it was said at its beginning.</param>
    /// <param name="file">The record; null if there is nothing to tell: the transfer broke off, and <paramref name="sopInstanceUid"/> may come again.</param>
    /// <param name="sopInstanceUid">The instance.</param>
    void OnEnd(string? studyInstanceUid, DicomInstanceFile? file, string sopInstanceUid);

    /// <summary>The Storage SCP has been stopped; nothing more comes from there.</summary>
    void OnStopped(StorageScp scp);
}
