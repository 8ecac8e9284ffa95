using PacsTools.Dicom.Errors;

namespace PacsTools.Services.Sending;

/// <summary>A file could not be read when the request it belongs to was made or under way; the request is void.</summary>
internal sealed class StowFileException(string path, SendException reason) : DicomException(reason.Message, reason)
{
    public string Path => path;

    public SendException Reason => reason;
}
