using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;

namespace PacsTools.Services.Simulation;

/// <summary>What a simulator was asked for and what it did with each instance, for those who have to know the truth. Safe for several threads.</summary>
internal sealed class SimulatorJournal
{
    private readonly object _gate = new();
    private readonly List<AskedRetrieve> _asked = [];
    private readonly List<InstanceFate> _fates = [];
    private int _busy;
    private int _silent;

    /// <summary>Requests that are being worked on now, those that will never be answered not counted.</summary>
    public int Busy => Volatile.Read(ref _busy);

    /// <summary>Associations on which an answer is owed that will never come.</summary>
    public int Silent => Volatile.Read(ref _silent);

    /// <summary>Every C-MOVE and C-GET that was served, in their order.</summary>
    public IReadOnlyList<AskedRetrieve> Asked
    {
        get
        {
            lock (_gate)
                return [.. _asked];
        }
    }

    /// <summary>Every sub-operation, in their order.</summary>
    public IReadOnlyList<InstanceFate> Fates
    {
        get
        {
            lock (_gate)
                return [.. _fates];
        }
    }

    public void NoteBusy(int change) => Interlocked.Add(ref _busy, change);

    public void NoteSilent(int change) => Interlocked.Add(ref _silent, change);

    public void NoteAsked(CommandField operation, DicomDataset identifier)
    {
        var asked = new AskedRetrieve(
            operation,
            identifier.GetString(DicomTags.QueryRetrieveLevel, "").Trim(),
            [.. identifier.GetStrings(DicomTags.SeriesInstanceUID)],
            [.. identifier.GetStrings(DicomTags.SOPInstanceUID)]);
        lock (_gate)
            _asked.Add(asked);
    }

    public void NoteFate(string sopInstanceUid, InstanceFault fault, bool arrived)
    {
        lock (_gate)
            _fates.Add(new InstanceFate(sopInstanceUid, fault, arrived));
    }
}

/// <summary>What one C-MOVE or C-GET named.</summary>
internal sealed record AskedRetrieve(CommandField Operation, string Level, IReadOnlyList<string> SeriesInstanceUIDs, IReadOnlyList<string> SOPInstanceUIDs);

/// <summary>What became of one instance in one sub-operation.</summary>
/// <param name="SOPInstanceUID">Which.</param>
/// <param name="Fault">What was done to it.</param>
/// <param name="Arrived">True if the other side answered that it has it.</param>
internal sealed record InstanceFate(string SOPInstanceUID, InstanceFault Fault, bool Arrived);
