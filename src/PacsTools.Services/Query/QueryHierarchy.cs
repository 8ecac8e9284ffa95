using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Query;

/// <summary>How a query gets past the rule that a hierarchical one names one entity of every level above its own (PS3.4 C.4.1.2.2.1).</summary>
internal sealed record QueryHierarchy
{
    private bool _dropsPatient;

    /// <summary>The level to find out first; null if none.</summary>
    public QueryStage? Above { get; private init; }

    /// <summary>True if the query is to be relational.</summary>
    public bool Relational { get; private init; }

    /// <summary>The key for whose absence it has to be; null if it was asked to be.</summary>
    public string? MissingKey { get; private init; }

    /// <exception cref="QueryKeyException">A key of a level above does not name one entity.</exception>
    public static QueryHierarchy Check(QueryModel model, QueryTarget target, IReadOnlyList<MatchingKey> keys, bool relational)
    {
        if (relational || target.Level is null or QueryLevel.Patient)
        {
            return new QueryHierarchy { Relational = relational };
        }

        if (target.Level == QueryLevel.Study)
        {
            // Without a key of the patient there is nothing to go down from; the query goes as it is, which most archives take.
            return new QueryHierarchy { Above = model == QueryModel.Patient && keys.Any(key => QueryStage.Patient.Owns(key.Path)) ? QueryStage.Patient : null };
        }

        bool Names(DicomTag tag) => keys.Any(key => key.Path.Equals(AttributePath.Of(tag)) && !key.IsUniversal);
        if (!Names(DicomTags.StudyInstanceUID))
        {
            return new QueryHierarchy { Relational = true, MissingKey = AttributePath.KeywordOf(DicomTags.StudyInstanceUID) };
        }

        RequireOnePatient(model, keys);
        return new QueryHierarchy
        {
            Above = target.Level == QueryLevel.Image && !Names(DicomTags.SeriesInstanceUID) ? QueryStage.Series : null,
            // The Study Root model has no patients above its studies (PS3.4 C.6.2): the study alone is named.
            _dropsPatient = model == QueryModel.Study,
        };
    }

    /// <summary>The keys that may be sent.</summary>
    public IReadOnlyList<MatchingKey> Fit(IReadOnlyList<MatchingKey> keys) =>
        _dropsPatient ? [.. keys.Where(key => !key.Path.Equals(AttributePath.Of(DicomTags.PatientID)))] : keys;

    private static void RequireOnePatient(QueryModel model, IReadOnlyList<MatchingKey> keys)
    {
        var patient = keys.FirstOrDefault(key => key.Path.Equals(AttributePath.Of(DicomTags.PatientID)));
        if (model == QueryModel.Patient && patient is { IsUniversal: false, IsLiteral: false } && patient.Values[0].AsSpan().ContainsAny("*?"))
        {
            throw new QueryKeyException("Query.UpperLevelKey", patient.Path.Name, "below the level of the patient it must name one patient, without wildcards (PS3.4 C.4.1.2.2.1).");
        }
    }
}
