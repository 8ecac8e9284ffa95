using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Files;
using PacsTools.Services.Resilience;

namespace PacsTools.Services.Sending;

/// <summary>A file whose header has been looked at: what a C-STORE request has to say of it, and what has been tried so far.</summary>
/// <param name="Path">Full path.</param>
/// <param name="SOPClassUID">SOP class of the instance.</param>
/// <param name="SOPInstanceUID">SOP instance.</param>
/// <param name="Syntax">The transfer syntax of the data set.</param>
/// <param name="DatasetOffset">Where in the file the data set begins.</param>
internal sealed record OutgoingFile(string Path, string SOPClassUID, string SOPInstanceUID, TransferSyntax Syntax, long DatasetOffset)
{
    private static readonly DicomTag s_afterIdentity = new(0x0008, 0x0019);
    private static readonly DicomFileReadOptions s_identityOnly = new() { StopBefore = s_afterIdentity };

    /// <summary>How often it has been sent.</summary>
    public int Attempts { get; set; }

    /// <summary>When it was first sent, as a timestamp of the clock; 0 while it has not been.</summary>
    public long Started { get; set; }

    /// <summary>The memory of its tries; null while none has failed.</summary>
    public RetrySequence? Tries { get; set; }

    /// <summary>Why its last try failed; null while none has.</summary>
    public Exception? Failure { get; set; }

    /// <summary>True for what can be turned into another native transfer syntax.</summary>
    public bool IsNative => Syntax.IsKnown && !Syntax.IsEncapsulated;

    /// <summary>Reads the header of a file as far as the SOP instance; no pixel data.</summary>
    /// <exception cref="SendException">There is nothing in it that can be sent.</exception>
    public static OutgoingFile Scan(string path)
    {
        DicomFile file;
        try
        {
            file = DicomFile.Open(path, s_identityOnly);
        }
        catch (DicomDataException e)
        {
            throw new SendException("Send.NotDicom", $"{path} is no DICOM file that can be read: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Unreadable(path, e);
        }

        // What the data set says counts: it is what the archive will find (PS3.10 7.1 demands that both agree).
        var sopClass = file.Dataset.GetString(DicomTags.SOPClassUID) ?? file.FileMeta.MediaStorageSOPClassUID;
        var instance = file.Dataset.GetString(DicomTags.SOPInstanceUID) ?? file.FileMeta.MediaStorageSOPInstanceUID;
        if (string.IsNullOrEmpty(sopClass) || string.IsNullOrEmpty(instance) || sopClass == DicomUids.MediaStorageDirectoryStorage)
        {
            throw new SendException("Send.NoInstance", sopClass == DicomUids.MediaStorageDirectoryStorage
                ? $"{path} is a directory of media (DICOMDIR) and no instance that an archive stores."
                : $"{path} names no SOP class or no SOP instance, so it cannot be sent.");
        }

        return new OutgoingFile(path, sopClass, instance, file.TransferSyntax, file.DatasetOffset);
    }

    public static SendException Unreadable(string path, Exception cause) =>
        new("Send.CannotRead", cause.Message.Contains(path, StringComparison.Ordinal) ? cause.Message : $"{path}: {cause.Message}", cause)
        {
            Advice = cause is UnauthorizedAccessException ? "Run as a user who may read the file." : null,
        };
}
