using System.Globalization;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Nodes;
using PacsTools.Services.Query;

namespace PacsTools.Services.Simulation.Web;

/// <summary>A search as the C-FIND identifier it amounts to, so that both are matched by the same code (PS3.18 8.3.4, 10.6).</summary>
internal sealed class QidoQuery
{
    private const string Utf8 = "ISO_IR 192";

    private readonly DicomDataset _identifier = new();
    private readonly Dictionary<AttributePath, List<string>> _matches = [];
    private readonly List<string> _warnings = [];
    private bool _matchesEmpty;

    private QidoQuery(WebTarget target)
    {
        _identifier.SetString(DicomTags.SpecificCharacterSet, Utf8);
        _identifier.SetString(DicomTags.QueryRetrieveLevel, target.Level.ToString().ToUpperInvariant());
        foreach (var (name, value) in target.Query)
            Read(name, value, target.Level);
        // Once each, at the end: adding to a value what every repetition brings would copy it as often.
        foreach (var (path, values) in _matches)
            path.Put(_identifier, (dataset, tag) => dataset.SetString(tag, path.VR, [.. values]));

        // What the path says goes before what the query says.
        foreach (var (tag, uid) in target.Uids)
            _identifier.SetString(tag, uid);
        foreach (var tag in QidoKeys.Default(target))
            Want(AttributePath.Of(tag));
    }

    /// <summary>How many matches are wanted; null for all.</summary>
    public int? Limit { get; private set; }

    /// <summary>How many matches are passed over first.</summary>
    public int Offset { get; private set; }

    /// <summary>What was not done as asked, for a Warning header.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <exception cref="HttpError">It cannot be understood.</exception>
    public static (QidoQuery Query, FindQuery Find) Read(WebTarget target)
    {
        try
        {
            var query = new QidoQuery(target);
            return (query, FindQuery.Read(query._identifier, QueryModel.Study, new MatchingRules { Relational = true, EmptyValues = query._matchesEmpty }));
        }
        catch (Exception e) when (e is QueryKeyException or DicomDataException or IdentifierException)
        {
            throw new HttpError(400, e.Message);
        }
    }

    private void Read(string name, string value, QueryLevel level)
    {
        switch (name.ToLowerInvariant())
        {
            case "limit":
                Limit = Number(name, value);
                break;
            case "offset":
                Offset = Number(name, value);
                break;
            case "fuzzymatching":
                if (Switch(name, value))
                    _warnings.Add("The fuzzymatching parameter is not supported. Only literal matching has been performed.");
                break;
            case "emptyvaluematching":
                _matchesEmpty = Switch(name, value);
                break;
            case "includefield":
                foreach (var field in value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                    Include(field, level);
                break;
            case "accept":
                break;
            default:
                Match(AttributePath.Parse(name), value, level);
                break;
        }
    }

    private void Match(AttributePath path, string value, QueryLevel level)
    {
        if (!_matches.TryGetValue(path, out var values))
        {
            _matches.Add(path, values = []);
            if (LevelAttributes.LevelOf(path.Tags[0]) is not { } of || of > level)
                _warnings.Add($"{path.Name} is not matched at this level.");
        }

        if (path.VR == DicomVR.UI)
            values.AddRange(value.Split([',', '\\'], StringSplitOptions.TrimEntries));
        else
            values.Add(value);
    }

    private void Include(string field, QueryLevel level)
    {
        if (!field.Equals("all", StringComparison.OrdinalIgnoreCase))
            Want(AttributePath.Parse(field));
        else foreach (var tag in QidoKeys.All(level))
            Want(AttributePath.Of(tag));
    }

    private void Want(AttributePath path) => path.Put(_identifier, (dataset, tag) =>
    {
        if (!dataset.Contains(tag))
            dataset.SetEmpty(tag, path.VR);
    });

    private static int Number(string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new HttpError(400, $"{name} takes a whole number");

    private static bool Switch(string name, string value) =>
        bool.TryParse(value, out var on) ? on : throw new HttpError(400, $"{name} takes true or false");
}
