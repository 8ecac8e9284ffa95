using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;

namespace PacsTools.Services.Simulation;

/// <summary>The C-STOREs of a C-MOVE or C-GET, counted as they end (PS3.4 C.4.2.1.6 and following, C.4.3.1).</summary>
internal sealed class SubOperations(int total)
{
    private readonly List<string> _failed = [];
    private int _completed;
    private int _warnings;
    private int _done;

    /// <summary>Notes how one ended.</summary>
    public void Note(DimseStatusClass outcome, string sopInstanceUid)
    {
        _done++;
        switch (outcome)
        {
            case DimseStatusClass.Success:
                _completed++;
                break;
            case DimseStatusClass.Warning:
                _warnings++;
                break;
            default:
                _failed.Add(sopInstanceUid);
                break;
        }
    }

    /// <summary>The status all of them together end with: A702 if nothing could be sent at all, B000 if something went wrong.</summary>
    public ushort FinalStatus(ushort? allFailed) => _failed.Count > 0 && _failed.Count == _done && total > 0
        ? allFailed ?? DimseCodes.UnableToPerformSubOperations
        : _failed.Count > 0 || _warnings > 0 ? DimseCodes.SubOperationsIncomplete : DimseCodes.Success;

    /// <summary>Puts the counters into a response; those yet to be done only while it is pending or was cancelled (PS3.7 9.1.4.1.7).</summary>
    public SubOperationsResponse Count(SubOperationsResponse response, int miscountBy) => response with
    {
        Remaining = response.Status is DimseCodes.Pending or DimseCodes.Cancelled ? Clamp(total - _done) : null,
        Completed = Clamp(_completed + miscountBy),
        Failed = Clamp(_failed.Count),
        Warning = Clamp(_warnings),
    };

    /// <summary>The identifier of a final response: the instances that failed (PS3.4 C.4.2.1.4.2); null if there are none.</summary>
    public DicomDataset? FailedList()
    {
        if (_failed.Count == 0)
            return null;
        var list = new DicomDataset();
        list.SetString(DicomTags.FailedSOPInstanceUIDList, [.. _failed]);
        return list;
    }

    private static ushort Clamp(int count) => (ushort)Math.Clamp(count, 0, ushort.MaxValue);
}
