namespace PacsTools.Services.Storage;

/// <summary>What has come of one study so far. Guarded by whoever holds it.</summary>
internal sealed class StudyTally(string? studyInstanceUid)
{
    // Who sends more different series or from more places than this is counted right and named in part.
    private const int MaxNames = 1000;

    private readonly List<string> _paths = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _series = new(StringComparer.Ordinal);
    private readonly HashSet<string> _titles = new(StringComparer.Ordinal);
    private readonly HashSet<string> _addresses = new(StringComparer.Ordinal);
    private string? _patientId;
    private int _stored;
    private int _duplicate;
    private long _bytes;
    private DateTime? _first;
    private DateTime _latest;

    public string? StudyInstanceUID => studyInstanceUid;

    /// <summary>Instances on their way in.</summary>
    public int Open { get; set; }

    /// <summary>When something came last, as a timestamp of the clock.</summary>
    public long Last { get; set; }

    /// <summary>Paths, and instances that failed, that it remembers.</summary>
    public int Remembered => _paths.Count + _failed.Count;

    /// <summary>Notes the end of one instance.</summary>
    /// <param name="file">Its record; null if it broke off.</param>
    /// <param name="sopInstanceUid">The instance.</param>
    /// <param name="now">Local time.</param>
    /// <param name="mayRemember">False if nothing more may be remembered.</param>
    /// <returns>False if there was no room to remember all of it.</returns>
    public bool Note(DicomInstanceFile? file, string sopInstanceUid, DateTime now, bool mayRemember)
    {
        _first ??= now;
        _latest = now;
        if (file is null || file.Outcome == InstanceOutcome.Failed)
        {
            if (!mayRemember && !_failed.Contains(sopInstanceUid))
                return false;
            _failed.Add(sopInstanceUid);
            Name(file);
            return true;
        }

        _failed.Remove(sopInstanceUid);
        Name(file);
        _patientId ??= file.PatientID;
        if (file.Outcome == InstanceOutcome.Duplicate)
            _duplicate++;
        else
            _stored++;
        _bytes += file.Length;
        if (file.Path is null || _known.Contains(file.Path))
            return true;
        if (!mayRemember)
            return false;
        _known.Add(file.Path);
        _paths.Add(file.Path);
        return true;
    }

    public DicomStudyArrival ToArrival() => new()
    {
        StudyInstanceUID = studyInstanceUid,
        PatientID = _patientId,
        NumberOfSeries = _series.Count,
        Received = _stored + _duplicate,
        Stored = _stored,
        Duplicate = _duplicate,
        Failed = _failed.Count,
        Bytes = _bytes,
        FirstArrival = _first ?? default,
        LastArrival = _latest,
        Path = [.. _paths],
        SendingAETitle = [.. _titles],
        SendingAddress = [.. _addresses],
    };

    private void Name(DicomInstanceFile? file)
    {
        Add(_series, file?.SeriesInstanceUID);
        Add(_titles, file?.SendingAETitle);
        Add(_addresses, file?.SendingAddress);
    }

    private static void Add(HashSet<string> names, string? name)
    {
        if (name is not null && names.Count < MaxNames)
            names.Add(name);
    }
}
