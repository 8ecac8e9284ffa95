using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;

namespace PacsTools.Services.Storage;

/// <summary>An instance on its way in: what the C-STORE request says of it and what its header says, as far as it was read.</summary>
internal sealed class IncomingInstance
{
    private readonly HeaderScanner? _header;

    public IncomingInstance(HeaderScanner? header) => _header = header;

    public required string SOPClassUID { get; init; }

    public required string SOPInstanceUID { get; init; }

    public required string TransferSyntaxUID { get; init; }

    /// <summary>The AE title that sends.</summary>
    public required string CallingAETitle { get; init; }

    /// <summary>The AE title it sends to.</summary>
    public required string CalledAETitle { get; init; }

    /// <summary>Who asked for the C-MOVE this is part of; null if the sender does not say.</summary>
    public string? MoveOriginatorAETitle { get; init; }

    /// <summary>The message id of that C-MOVE; null if the sender does not say.</summary>
    public ushort? MoveOriginatorMessageId { get; init; }

    public string? StudyInstanceUID => Uid(DicomTags.StudyInstanceUID);

    public string? SeriesInstanceUID => Uid(DicomTags.SeriesInstanceUID);

    public string? PatientID => _header?.GetString(DicomTags.PatientID) is { Length: > 0 } id ? id : null;

    /// <summary>
    /// True if what has come of its data set cannot be all of it: it broke off within an element or a sequence. Asked when everything has come. Of a data set
    /// that does not tell which instance it is nothing is said: then it is nothing we can read, and kept as it is.
    /// </summary>
    public bool IsBrokenOff => _header is { IsBrokenOff: true } && Uid(DicomTags.SOPInstanceUID) == SOPInstanceUID;

    /// <summary>What the data set says to be and the request does not, or null if they agree or the data set does not say.</summary>
    public string? Mismatch => Differs(DicomTags.SOPInstanceUID, SOPInstanceUID) ? "instance" : Differs(DicomTags.SOPClassUID, SOPClassUID) ? "SOP class" : null;

    /// <summary>The value of an attribute for a layout. For the two UIDs of the instance the request counts: it is what the answer repeats.</summary>
    public string? Value(DicomTag tag)
    {
        if (tag == DicomTags.SOPInstanceUID || tag == DicomTags.MediaStorageSOPInstanceUID)
            return SOPInstanceUID;
        if (tag == DicomTags.SOPClassUID || tag == DicomTags.MediaStorageSOPClassUID)
            return SOPClassUID;
        if (tag == DicomTags.TransferSyntaxUID)
            return TransferSyntaxUID;
        if (tag == DicomTags.SourceApplicationEntityTitle)
            return CallingAETitle;
        return _header?.GetString(tag);
    }

    // Of several values the first is read; a request has no room for several.
    private bool Differs(DicomTag tag, string said) => Uid(tag) is { } uid && uid != said.Split('\\')[0].Trim(' ', '\0');

    private string? Uid(DicomTag tag) => _header?.GetString(tag)?.Trim(' ', '\0') is { Length: > 0 } uid ? uid : null;
}
