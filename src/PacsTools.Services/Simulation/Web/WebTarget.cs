using PacsTools.Dicom.Data;
using PacsTools.Services.Query;

namespace PacsTools.Services.Simulation.Web;

/// <summary>What is done with a resource (PS3.18 10.3).</summary>
internal enum WebResource
{
    Search,
    Retrieve,
    Metadata,
}

/// <summary>A request target understood: which resource, below which studies, series and instances, and the query (PS3.18 8.3, 10.4 to 10.6).</summary>
internal sealed record WebTarget(WebResource Resource, QueryLevel Level, IReadOnlyList<(DicomTag Tag, string Uid)> Uids, IReadOnlyList<(string Name, string Value)> Query)
{
    /// <summary>The path everything is below.</summary>
    public const string Root = "/dicom-web";

    private static readonly string[] s_names = ["studies", "series", "instances"];
    private static readonly DicomTag[] s_tags = [DicomTags.StudyInstanceUID, DicomTags.SeriesInstanceUID, DicomTags.SOPInstanceUID];

    /// <summary>True if instances may be stored to it (PS3.18 10.5).</summary>
    public bool TakesInstances => Level == QueryLevel.Study && Resource is WebResource.Search or WebResource.Retrieve;

    public string? StudyUid => Uids.FirstOrDefault(uid => uid.Tag == DicomTags.StudyInstanceUID).Uid;

    /// <exception cref="HttpError">There is no such resource.</exception>
    public static WebTarget Parse(string target)
    {
        // A proxy's form names the server first (RFC 9112 3.2.2).
        if (target.StartsWith("http", StringComparison.OrdinalIgnoreCase) && target.IndexOf("://", StringComparison.Ordinal) is > 0 and var scheme)
            target = target.IndexOf('/', scheme + 3) is >= 0 and var path ? target[path..] : "/";
        var question = target.IndexOf('?');
        var segments = (question < 0 ? target : target[..question]).Split('/');
        if (segments.Length < 3 || "/" + segments[1] != Root)
            throw NotFound();
        return Route([.. segments.Skip(2).Select(Uri.UnescapeDataString)], question < 0 ? [] : ReadQuery(target[(question + 1)..]));
    }

    /// <summary>The URL of an entity.</summary>
    public static string UrlOf(string root, DicomDataset entity)
    {
        var url = root;
        for (var i = 0; i < s_names.Length && entity.GetString(s_tags[i]) is { } uid; i++)
            url += $"/{s_names[i]}/{Uri.EscapeDataString(uid)}";
        return url;
    }

    private static WebTarget Route(string[] segments, IReadOnlyList<(string, string)> query)
    {
        var uids = new List<(DicomTag, string)>();
        var level = -1;
        for (var i = 0; i < segments.Length; i += 2)
        {
            if (segments[i] == "metadata" && i == segments.Length - 1 && uids.Count == level + 1 && level >= 0)
                return new WebTarget(WebResource.Metadata, LevelAt(level), uids, query);
            var next = Array.IndexOf(s_names, segments[i]);
            // An instance of a study is not named without its series.
            if (next <= level)
                throw NotFound();
            level = next;
            if (i == segments.Length - 1)
                return new WebTarget(WebResource.Search, LevelAt(level), uids, query);
            if (uids.Count != level || segments[i + 1].Length == 0 || segments[i + 1].Contains('\\'))
                throw NotFound();
            uids.Add((s_tags[level], segments[i + 1]));
        }

        return new WebTarget(WebResource.Retrieve, LevelAt(level), uids, query);
    }

    // A plus is a space as in forms, which is what most clients' libraries make of one.
    private static (string, string)[] ReadQuery(string text) =>
    [
        .. text.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair =>
        {
            var equals = pair.IndexOf('=');
            return equals < 0 ? (Decode(pair), "") : (Decode(pair[..equals]), Decode(pair[(equals + 1)..]));
        }),
    ];

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static QueryLevel LevelAt(int level) => QueryLevel.Study + level;

    private static HttpError NotFound() => new(404, "there is no such resource");
}
