using PacsTools.Services.Query;

namespace PacsTools.Binding;

/// <summary>
/// Keys that the present input object may have brought. They must have a value: an empty cell of a table must never ask for the whole
/// archive. Typed on the command line, an empty text is universal matching and its author means it.
/// </summary>
internal static class PipelineKeys
{
    /// <summary>A key of text; null if it was not given, or came empty beside a UID, which alone names what is meant: what a result of another archive leaves empty widens nothing.</summary>
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
