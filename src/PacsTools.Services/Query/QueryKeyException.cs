using PacsTools.Dicom.Errors;

namespace PacsTools.Services.Query;

/// <summary>A query key cannot be sent as it was given. Nothing has been sent; no association was touched.</summary>
public sealed class QueryKeyException : ArgumentException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="id">A stable word for the rule broken: <c>Query.InvalidDate</c>.</param>
    /// <param name="key">The key at fault, by keyword.</param>
    /// <param name="reason">Which rule it breaks and what would be right.</param>
    public QueryKeyException(string id, string key, string reason)
        : base($"{key}: {reason}")
    {
        Id = id;
        Key = key;
    }

    /// <summary>A stable word for the rule broken: <c>Query.InvalidDate</c>, <c>Query.Backslash</c>…</summary>
    public string Id { get; }

    /// <summary>The key at fault, by keyword.</summary>
    public string Key { get; }

    /// <summary>The text fit for a message: control characters must not reach a terminal.</summary>
    internal static string Printable(string text) =>
        PlainText.Of(text.Length > 64 ? text[..64] : text) + (text.Length > 64 ? "…" : "");
}
