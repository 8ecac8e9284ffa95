using PacsTools.Dicom.Data;

namespace PacsTools.Services.Simulation.Web;

/// <summary>What became of the instances of one request (PS3.18 10.5.3, I.2).</summary>
internal sealed class StowResult(string root)
{
    private readonly List<DicomDataset> _stored = [];
    private readonly List<DicomDataset> _failed = [];
    private readonly List<DicomDataset> _unknown = [];
    private bool _hasWarnings;

    /// <summary>True if there was nothing at all.</summary>
    public bool IsEmpty => _stored.Count + _failed.Count + _unknown.Count == 0;

    /// <summary>200 if all are stored, 409 if none, else 202; a warning makes it 202 too.</summary>
    public int Status => _stored.Count == 0 ? 409 : _failed.Count + _unknown.Count > 0 || _hasWarnings ? 202 : 200;

    public void Stored(InstanceHeader header, ushort? warning)
    {
        var item = Reference(header);
        item.SetString(DicomTags.RetrieveURL, WebTarget.UrlOf(root, header.Dataset));
        if (warning is { } reason)
            item.SetUInt16(DicomTags.WarningReason, reason);
        _hasWarnings |= warning is not null;
        _stored.Add(item);
    }

    /// <param name="header">Null if it could not be told which instance it was.</param>
    /// <param name="reason">The failure reason.</param>
    public void Failed(InstanceHeader? header, ushort reason)
    {
        var item = header is null ? new DicomDataset() : Reference(header);
        item.SetUInt16(DicomTags.FailureReason, reason);
        (header is null ? _unknown : _failed).Add(item);
    }

    public DicomDataset ToDataset(string? studyUid)
    {
        var result = new DicomDataset();
        if (studyUid is not null)
            result.SetString(DicomTags.RetrieveURL, $"{root}/studies/{Uri.EscapeDataString(studyUid)}");
        Put(DicomTags.FailedSOPSequence, _failed);
        Put(DicomTags.ReferencedSOPSequence, _stored);
        Put(DicomTags.OtherFailuresSequence, _unknown);
        return result;

        void Put(DicomTag tag, List<DicomDataset> items)
        {
            if (items.Count > 0)
                result.SetItems(tag, [.. items]);
        }
    }

    private static DicomDataset Reference(InstanceHeader header)
    {
        var item = new DicomDataset();
        item.SetString(DicomTags.ReferencedSOPClassUID, header.SopClassUid);
        item.SetString(DicomTags.ReferencedSOPInstanceUID, header.SopInstanceUid);
        return item;
    }
}
