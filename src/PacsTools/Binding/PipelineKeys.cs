using PacsTools.Services.Query;

namespace PacsTools.Binding;

/// <summary>
/// Which keys the present input object brought. They must have a value: an empty cell of a table must never ask for the whole
/// archive. Typed on the command line, an empty text is universal matching and its author means it.
/// </summary>
internal sealed record PipelineKeys
{
    public bool PatientID { get; init; }

    public bool AccessionNumber { get; init; }

    public bool StudyInstanceUID { get; init; }

    /// <exception cref="QueryKeyException">A key from the pipeline is empty.</exception>
    public static StudyQuery Check(StudyQuery query, PipelineKeys brought)
    {
        if (brought.StudyInstanceUID && (query.StudyInstanceUID.Count == 0 || query.StudyInstanceUID.Any(string.IsNullOrWhiteSpace)))
            throw Empty(nameof(StudyInstanceUID));
        // The UID alone names the study: what a result of another archive leaves empty beside it widens nothing.
        if (brought.PatientID && string.IsNullOrWhiteSpace(query.PatientID))
            query = brought.StudyInstanceUID ? query with { PatientID = null } : throw Empty(nameof(PatientID));
        if (brought.AccessionNumber && string.IsNullOrWhiteSpace(query.AccessionNumber))
            query = brought.StudyInstanceUID ? query with { AccessionNumber = null } : throw Empty(nameof(AccessionNumber));
        return query;
    }

    /// <summary>A key of text; null if it was not given, or came empty beside a UID, which alone names what is meant.</summary>
    /// <exception cref="QueryKeyException">It came empty from the pipeline.</exception>
    public static string? Text(string? value, string name, bool fromPipeline, bool besideUid)
    {
        if (Absent.Is(value)) return null;
        if (!fromPipeline || !string.IsNullOrWhiteSpace(value)) return value ?? "";
        return besideUid ? null : throw Empty(name);
    }

    /// <summary>A key of UIDs; empty if it was not given.</summary>
    /// <exception cref="QueryKeyException">One of them came empty from the pipeline.</exception>
    public static string[] Uids(string[]? value, string name, bool fromPipeline)
    {
        if (Absent.Is(value)) return [];
        if (fromPipeline && (value is not { Length: > 0 } || value.Any(string.IsNullOrWhiteSpace))) throw Empty(name);
        return value ?? [];
    }

    private static QueryKeyException Empty(string key) =>
        new("Query.EmptyKey", key, "it came empty from the pipeline and would match everything; nothing was sent.");
}
