using PacsTools.Dicom.Pdus;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Query;

/// <summary>What a query asks of an archive beyond the ordinary, which both sides have to agree on (PS3.4 C.5.1.1, K.5.1).</summary>
internal sealed record FindExtensions
{
    private const int RelationalQueries = 0;
    private const int FuzzyMatching = 2;

    public static FindExtensions None { get; } = new();

    /// <summary>Relational queries: keys of any level, without the unique keys of the levels above.</summary>
    public bool Relational { get; init; }

    /// <summary>Fuzzy semantic matching of person names.</summary>
    public bool Fuzzy { get; init; }

    /// <summary>The unique key for whose absence alone the query has to be relational; null if it was asked to be.</summary>
    public string? MissingKey { get; init; }

    /// <summary>What to propose; null for nothing.</summary>
    public IReadOnlyList<ExtendedNegotiation>? ToNegotiation(string sopClassUid) => !Relational && !Fuzzy
        ? null
        // An archive answers no more fields than it was offered, and old ones know only the first.
        : [new ExtendedNegotiation(sopClassUid, Fuzzy ? [Byte(Relational), 0, 1] : [1])];

    /// <exception cref="QueryNotAcceptedException">The archive did not agree; the association survives.</exception>
    public void Check(UserInformation answer, string sopClassUid, PacsNode node)
    {
        var accepted = answer.ExtendedNegotiations.FirstOrDefault(item => item.SopClassUid == sopClassUid)?.Info ?? [];
        bool Has(int field) => field < accepted.Length && accepted[field] == 1;
        if (Relational && !Has(RelationalQueries))
        {
            throw new QueryNotAcceptedException("Query.RelationalNotAccepted", MissingKey is null
                ? $"{node} does not accept relational queries (PS3.4 C.5.1.1); ask level by level instead."
                : $"{node} needs {MissingKey} to answer: without it the query is relational (PS3.4 C.4.1.2.2.2), and the archive does not accept relational queries.");
        }

        if (Fuzzy && !Has(FuzzyMatching))
        {
            throw new QueryNotAcceptedException("Query.FuzzyNotAccepted", $"{node} does not accept fuzzy matching of person names (PS3.4 C.5.1.1); ask with wildcards instead.");
        }
    }

    private static byte Byte(bool value) => value ? (byte)1 : (byte)0;
}
