using PacsTools.Dicom.Data;
using PacsTools.Services.Query;

namespace PacsTools.Services.Simulation;

/// <summary>
/// Every patient, study, series and instance the simulator holds, in memory. Safe to read while instances come in: whoever looks at the
/// entities below another gets them as they are at that moment.
/// </summary>
internal sealed class ArchiveIndex
{
    private readonly object _gate = new();
    private readonly Dictionary<string, IndexedGroup> _patients = new(StringComparer.Ordinal);
    private readonly Dictionary<UidKey, IndexedGroup> _studies = [];
    private readonly Dictionary<UidKey, IndexedGroup> _series = [];
    private readonly Dictionary<UidKey, IndexedInstance> _instances = [];

    public int StudyCount
    {
        get
        {
            lock (_gate)
                return _studies.Count;
        }
    }

    public int InstanceCount
    {
        get
        {
            lock (_gate)
                return _instances.Count;
        }
    }

    /// <summary>Takes an instance in, instead of one with the same SOP Instance UID.</summary>
    /// <param name="header">Its header, with all UIDs.</param>
    /// <returns>The instance that was replaced, or null.</returns>
    public IndexedInstance? Add(InstanceHeader header)
    {
        // Encoding is the work; the lock is held only to link.
        var record = IndexedInstance.MakeRecord(header.FileName, header.DatasetOffset, RecordWriter.Attributes(header, QueryLevel.Image));
        var key = new UidKey(header.SopInstanceUid!);
        lock (_gate)
        {
            _instances.TryGetValue(key, out var previous);
            if (previous is not null)
                Unlink(previous);
            var series = FindOrAddSeries(header);
            var instance = new IndexedInstance(series, header.Folder, record);
            _instances[key] = instance;
            series.Children.Add(instance);
            for (var group = series; group is not null; group = group.Parent)
                group.InstanceCount++;
            if (!series.SopClasses.Contains(header.SopClassUid!))
                series.SopClasses.Add(string.Intern(header.SopClassUid!));
            return previous;
        }
    }

    public IndexedInstance? FindInstance(string uid)
    {
        lock (_gate)
            return _instances.GetValueOrDefault(new UidKey(uid));
    }

    /// <summary>The entity of a level with a unique key; patients by their id, of whatever issuer.</summary>
    public IReadOnlyList<IndexedEntity> Find(QueryLevel level, string uniqueKey)
    {
        lock (_gate)
        {
            IndexedEntity? one = level switch
            {
                QueryLevel.Study => _studies.GetValueOrDefault(new UidKey(uniqueKey)),
                QueryLevel.Series => _series.GetValueOrDefault(new UidKey(uniqueKey)),
                QueryLevel.Image => _instances.GetValueOrDefault(new UidKey(uniqueKey)),
                _ => null,
            };
            if (level != QueryLevel.Patient)
                return one is null ? [] : [one];
            return [.. _patients.Values.Where(patient => PatientKey.HasId(patient.Key, uniqueKey))];
        }
    }

    /// <summary>All patients, in the order they came.</summary>
    public IReadOnlyList<IndexedEntity> Patients()
    {
        lock (_gate)
            return [.. _patients.Values];
    }

    /// <summary>What is below an entity, in the order it came.</summary>
    public IReadOnlyList<IndexedEntity> ChildrenOf(IndexedEntity entity)
    {
        if (entity is not IndexedGroup group)
            return [];
        lock (_gate)
            return [.. group.Children];
    }

    /// <summary>How many studies, series and instances are below an entity, and of which kinds.</summary>
    public GroupTotals TotalsOf(IndexedGroup group)
    {
        lock (_gate)
            return GroupTotals.Of(group);
    }

    private IndexedGroup FindOrAddSeries(InstanceHeader header)
    {
        var key = new UidKey(header.SeriesInstanceUid!);
        if (_series.TryGetValue(key, out var series))
            return series;
        var modality = string.Intern(header.Dataset.GetString(DicomTags.Modality, ""));
        series = new IndexedGroup(QueryLevel.Series, FindOrAddStudy(header), RecordWriter.Attributes(header, QueryLevel.Series), header.SeriesInstanceUid!) { Modality = modality };
        _series.Add(key, series);
        series.Parent!.Children.Add(series);
        return series;
    }

    private IndexedGroup FindOrAddStudy(InstanceHeader header)
    {
        var key = new UidKey(header.StudyInstanceUid!);
        if (_studies.TryGetValue(key, out var study))
            return study;
        study = new IndexedGroup(QueryLevel.Study, FindOrAddPatient(header), RecordWriter.Attributes(header, QueryLevel.Study), header.StudyInstanceUid!);
        _studies.Add(key, study);
        study.Parent!.Children.Add(study);
        return study;
    }

    private IndexedGroup FindOrAddPatient(InstanceHeader header)
    {
        var key = PatientKey.Of(header);
        if (!_patients.TryGetValue(key, out var patient))
        {
            patient = new IndexedGroup(QueryLevel.Patient, null, RecordWriter.Attributes(header, QueryLevel.Patient), key);
            _patients.Add(key, patient);
        }

        return patient;
    }

    /// <summary>Takes an instance out, and what is left empty by that.</summary>
    private void Unlink(IndexedInstance instance)
    {
        instance.Series.Children.Remove(instance);
        for (var group = instance.Series; group is not null; group = group.Parent)
        {
            if (--group.InstanceCount > 0)
                continue;
            group.Parent?.Children.Remove(group);
            _ = group.Level switch
            {
                QueryLevel.Series => _series.Remove(new UidKey(group.Key)),
                QueryLevel.Study => _studies.Remove(new UidKey(group.Key)),
                _ => _patients.Remove(group.Key),
            };
        }
    }
}
