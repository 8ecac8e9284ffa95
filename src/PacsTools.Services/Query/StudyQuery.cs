using System.Text;
using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;

namespace PacsTools.Services.Query;

/// <summary>What a user asks of studies. A key left null is not matched; an empty one is universal matching, which is the same on the wire.</summary>
internal sealed record StudyQuery
{
    public string? PatientName { get; init; }

    public string? PatientID { get; init; }

    public DicomDateRange? PatientBirthDate { get; init; }

    public string? PatientSex { get; init; }

    public DicomDateRange? StudyDate { get; init; }

    public DicomTimeRange? StudyTime { get; init; }

    public string? AccessionNumber { get; init; }

    /// <summary>ModalitiesInStudy; several are asked for one after the other.</summary>
    public IReadOnlyList<string> Modality { get; init; } = [];

    public string? StudyDescription { get; init; }

    public string? StudyID { get; init; }

    public string? ReferringPhysicianName { get; init; }

    /// <summary>A list of UIDs is one key (PS3.4 C.2.2.2.2).</summary>
    public IReadOnlyList<string> StudyInstanceUID { get; init; } = [];

    /// <summary>More keys, by keyword, tag or path into sequences.</summary>
    public IEnumerable<KeyValuePair<string, object?>> Filter { get; init; } = [];

    /// <summary>More return keys, by keyword, tag or path into sequences.</summary>
    public IReadOnlyList<string> Property { get; init; } = [];

    /// <summary>The query ends after so many studies.</summary>
    public int? MaxResults { get; init; }

    /// <summary>The information model; null for the node's.</summary>
    public QueryModel? Model { get; init; }

    /// <summary>The longest silence of the archive; null for the node's or the default.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>For text whose character set the archive does not declare; null to show it as unreadable.</summary>
    public Encoding? FallbackEncoding { get; init; }

    public RetryPolicy Retry { get; init; } = new();

    /// <summary>Checks every argument and builds the identifiers.</summary>
    /// <exception cref="QueryKeyException">One of them cannot be sent.</exception>
    public QueryPlan Plan(TimeProvider? timeProvider = null)
    {
        if (MaxResults < 1)
        {
            throw new QueryKeyException("Query.MaxResults", nameof(MaxResults), "it must be at least 1.");
        }

        var rules = new KeyRules(timeProvider ?? TimeProvider.System);
        var keys = new List<MatchingKey>();
        void Add(AttributePath path, object? value)
        {
            if (keys.Exists(key => key.Path.Equals(path)))
            {
                throw new QueryKeyException("Query.GivenTwice", path.Name, "it is given both as a parameter and as a filter, or twice as a filter.");
            }

            keys.Add(rules.Create(path, value));
        }

        foreach (var (tag, value) in Given())
        {
            Add(AttributePath.Of(tag), value);
        }

        foreach (var (text, value) in Filter)
        {
            Add(AttributePath.Parse(text), value);
        }

        var returnKeys = StudyAttributes.ReturnKeys.Select(AttributePath.Of).Union(Property.Select(AttributePath.Parse)).ToList();
        var parts = ModalityKeys(keys, rules).ConvertAll(modality =>
            QueryPart.Create(QueryLevel.Study, modality is null ? keys : [.. keys, modality], returnKeys));
        return new QueryPlan(QueryLevel.Study, Model, parts, returnKeys, StudyAttributes.RequiredKeys);
    }

    /// <summary>One key a modality, since a list is legal only for UIDs; a single null if modalities are not asked about.</summary>
    private List<MatchingKey?> ModalityKeys(List<MatchingKey> keys, KeyRules rules)
    {
        var path = AttributePath.Of(DicomTags.ModalitiesInStudy);
        var modalities = Modality.Select(modality => rules.Create(path, modality)).ToList();
        if (modalities.Count > 0 && keys.Exists(key => key.Path.Equals(path)))
        {
            throw new QueryKeyException("Query.GivenTwice", path.Name, "it is given both as a parameter and as a filter.");
        }

        return modalities.Exists(key => key.IsUniversal)
            ? [modalities.Find(key => key.IsUniversal)]
            : modalities.Count == 0 ? [null] : [.. modalities.DistinctBy(key => key.Values[0], StringComparer.Ordinal)];
    }

    private IEnumerable<(DicomTag Tag, object? Value)> Given()
    {
        (DicomTag Tag, object? Value)[] all =
        [
            (DicomTags.PatientName, PatientName),
            (DicomTags.PatientID, PatientID),
            (DicomTags.PatientBirthDate, PatientBirthDate),
            (DicomTags.PatientSex, PatientSex),
            (DicomTags.StudyDate, StudyDate),
            (DicomTags.StudyTime, StudyTime),
            (DicomTags.AccessionNumber, AccessionNumber),
            (DicomTags.StudyDescription, StudyDescription),
            (DicomTags.StudyID, StudyID),
            (DicomTags.ReferringPhysicianName, ReferringPhysicianName),
            (DicomTags.StudyInstanceUID, StudyInstanceUID.Count == 0 ? null : StudyInstanceUID),
        ];
        return all.Where(key => key.Value is not null);
    }
}
