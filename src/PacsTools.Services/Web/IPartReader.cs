namespace PacsTools.Services.Web;

/// <summary>Reads an answer part by part, each piece by piece.</summary>
internal interface IPartReader : IDisposable
{
    /// <summary>Goes to the next part, past what is left of the current one.</summary>
    /// <returns>The part's media type; null after the last one.</returns>
    /// <exception cref="Dicom.Errors.DicomException">The answer breaks off or is malformed.</exception>
    ValueTask<WebMediaType?> NextAsync();

    /// <summary>The next bytes of the part, valid until the next call; empty at its end, which has then been seen.</summary>
    /// <exception cref="Dicom.Errors.DicomException">The answer breaks off or is malformed.</exception>
    ValueTask<ReadOnlyMemory<byte>> ReadAsync();
}
