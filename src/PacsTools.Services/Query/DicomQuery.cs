using System.Text;
using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;

namespace PacsTools.Services.Query;

/// <summary>What a user asks of an archive, of whatever level. A key left null is not matched; an empty one is universal matching, which is the same on the wire.</summary>
internal abstract record DicomQuery
{
    /// <summary>More keys, by keyword, tag or path into sequences.</summary>
    public IEnumerable<KeyValuePair<string, object?>> Filter { get; init; } = [];

    /// <summary>More return keys, by keyword, tag or path into sequences.</summary>
    public IReadOnlyList<string> Property { get; init; } = [];

    /// <summary>The query ends after so many results.</summary>
    public int? MaxResults { get; init; }

    /// <summary>The information model; null for the node's.</summary>
    public QueryModel? Model { get; init; }

    /// <summary>Asks for a relational query; keys of the levels above may be left out or be any keys.</summary>
    public bool Relational { get; init; }

    /// <summary>Asks for fuzzy matching of person names.</summary>
    public bool Fuzzy { get; init; }

    /// <summary>Asterisks and question marks in keys mean themselves.</summary>
    public bool LiteralValue { get; init; }

    /// <summary>So many responses and no more the archive is known to give; null if nothing is known.</summary>
    public int? PageSize { get; init; }

    /// <summary>The longest silence of the archive; null for the node's or the default.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>For text whose character set the archive does not declare; null to show it as unreadable.</summary>
    public Encoding? FallbackEncoding { get; init; }

    public RetryPolicy Retry { get; init; } = new();

    /// <summary>The SOP class to ask.</summary>
    internal virtual string SopClassUid(QueryModel model) => model == QueryModel.Patient
        ? DicomUids.PatientRootQueryRetrieveInformationModelFind
        : DicomUids.StudyRootQueryRetrieveInformationModelFind;

    /// <summary>Checks every argument and builds the identifiers.</summary>
    /// <param name="timeProvider">Says which day today is.</param>
    /// <param name="nodeModel">The information model of the node, for queries that do not choose one.</param>
    /// <exception cref="QueryKeyException">One of them cannot be sent.</exception>
    public QueryPlan Plan(TimeProvider? timeProvider = null, QueryModel nodeModel = QueryModel.Study)
    {
        RequirePositive(MaxResults, nameof(MaxResults));
        RequirePositive(PageSize, nameof(PageSize));
        var model = ModelOn(nodeModel);
        var target = TargetIn(model);
        var rules = new KeyRules(timeProvider ?? TimeProvider.System, LiteralValue, Fuzzy);
        var given = new KeyList(rules);
        foreach (var (path, value) in Given().Where(key => key.Value is not null))
        {
            given.Add(path, value);
        }

        foreach (var (text, value) in Filter)
        {
            given.Add(AttributePath.Parse(text), value);
        }

        foreach (var (path, values) in Alternatives().Where(alternative => alternative.Values.Count > 0))
        {
            given.AddAlternatives(path, values);
        }

        var ways = given.Combine();
        var hierarchy = QueryHierarchy.Check(model, target, ways[0], Relational);
        IEnumerable<AttributePath> alongside = hierarchy.Relational ? Alongside.Select(AttributePath.Of) : [];
        var returnKeys = target.ReturnKeys.Union(alongside).Union(Property.Select(AttributePath.Parse)).ToList();
        return new QueryPlan(target, model, ways.ConvertAll(keys => QueryPart.Create(target.Level, hierarchy.Fit(keys), returnKeys)), returnKeys)
        {
            Above = hierarchy.Above,
            Extensions = new FindExtensions { Relational = hierarchy.Relational, Fuzzy = Fuzzy, MissingKey = hierarchy.MissingKey },
            PageSize = PageSize,
        };
    }

    /// <summary>The information model to use with a node.</summary>
    protected virtual QueryModel ModelOn(QueryModel nodeModel) => Model ?? nodeModel;

    /// <summary>What it is about, in this model.</summary>
    protected abstract QueryTarget TargetIn(QueryModel model);

    /// <summary>The keys that have a property of their own; null is not given.</summary>
    protected abstract IEnumerable<(AttributePath Path, object? Value)> Given();

    /// <summary>Keys of which one value at a time may be asked, and the values to ask for one after the other.</summary>
    protected virtual IEnumerable<(AttributePath Path, IReadOnlyList<string> Values)> Alternatives() => [];

    /// <summary>Attributes of the levels above that a relational query can return as well.</summary>
    protected virtual IReadOnlyList<DicomTag> Alongside => [];

    protected static (AttributePath Path, object? Value) Key(DicomTag tag, object? value) => (AttributePath.Of(tag), value);

    private static void RequirePositive(int? number, string name)
    {
        if (number < 1)
        {
            throw new QueryKeyException($"Query.{name}", name, "it must be at least 1.");
        }
    }
}

/// <summary>A query and what its responses become.</summary>
/// <typeparam name="T">The record a response becomes.</typeparam>
internal abstract record DicomQuery<T> : DicomQuery
{
    internal abstract T Read(DicomDataset dataset, PacsNode node, string[] unsupportedKeys);
}
