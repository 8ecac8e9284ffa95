using PacsTools.Services.Storage;

namespace PacsTools.Services.Retrieve;

/// <summary>What is known of every instance of one operation, across its attempts. Safe for several threads.</summary>
internal sealed class InstanceLedger
{
    private readonly object _gate = new();
    private readonly Dictionary<string, DicomInstanceFile> _byUid = new(StringComparer.Ordinal);
    private readonly List<DicomInstanceFile> _extra = [];
    private readonly HashSet<string> _foreign = new(StringComparer.Ordinal);
    private int _present;

    /// <summary>Enters what became of an instance.</summary>
    /// <returns>True if it is news for the consumer: a file not handed out before. Failures are not, since another attempt may mend them.</returns>
    public bool Enter(DicomInstanceFile file)
    {
        lock (_gate)
        {
            var failed = file.Outcome is InstanceOutcome.Failed or InstanceOutcome.Missing;
            if (!_byUid.TryGetValue(file.SOPInstanceUID, out var known) || !IsHere(known))
            {
                _byUid[file.SOPInstanceUID] = file;
                if (!failed)
                    _present++;
                return !failed;
            }

            if (failed || file.Path == known.Path || file.Outcome == InstanceOutcome.Duplicate)
                return false;
            // The archive sent another data set under the same UID; both were kept.
            _extra.Add(file);
            return true;
        }
    }

    /// <summary>Enters an instance that came and was not kept, since it belongs to something else.</summary>
    /// <returns>True if it is news for the consumer.</returns>
    public bool EnterForeign(DicomInstanceFile file)
    {
        lock (_gate)
        {
            if (!_foreign.Add(file.SOPInstanceUID))
                return false;
            _extra.Add(file);
            return true;
        }
    }

    /// <summary>True if the instance lies here.</summary>
    public bool Has(string sopInstanceUid)
    {
        lock (_gate)
            return _byUid.TryGetValue(sopInstanceUid, out var file) && IsHere(file);
    }

    /// <summary>Everything entered, as it stands now.</summary>
    public IReadOnlyList<DicomInstanceFile> All
    {
        get
        {
            lock (_gate)
                return [.. _byUid.Values, .. _extra];
        }
    }

    /// <summary>How many instances lie here, each counted once.</summary>
    public int Present
    {
        get
        {
            lock (_gate)
                return _present;
        }
    }

    private static bool IsHere(DicomInstanceFile file) =>
        file.Outcome is InstanceOutcome.Stored or InstanceOutcome.Duplicate or InstanceOutcome.Unexpected;
}
