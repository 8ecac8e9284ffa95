using PacsTools.Dicom.Data;
using PacsTools.Dicom.Network;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Diagnosis;

/// <summary>
/// Finds out with which transfer syntaxes a SOP class is accepted. An acceptor names one syntax of a context (PS3.8 9.3.3.2), so a context that is
/// accepted settles one syntax and leaves the others open, and one that is refused settles all of them: what is left of an accepted
/// context is halved and proposed again. That costs at most one context for each syntax, and few where few are accepted.
/// </summary>
internal sealed class SyntaxSearch(PacsCapability sopClass)
{
    // 127 contexts of so many syntaxes stay below the 64 KiB that some acceptors reserve for an A-ASSOCIATE-RQ.
    private const int MaxGroup = 12;

    private static readonly string[] s_first = [DicomUids.ExplicitVRLittleEndian, DicomUids.ImplicitVRLittleEndian];
    private static readonly string[] s_all = [.. TransferSyntax.All.Where(s => s.IsKnown).Select(s => s.UID)];
    private static readonly string[] s_native = [.. TransferSyntax.All.Where(s => s is { IsKnown: true, IsEncapsulated: false }).Select(s => s.UID)];

    private readonly HashSet<string> _accepted = new(StringComparer.Ordinal);
    private AcceptedContext? _refusal;
    private bool _begun;

    public PacsCapability SopClass => sopClass;

    public bool ScpRole { get; set; }

    public bool IsAccepted => _accepted.Count > 0;

    /// <summary>The syntaxes accepted so far, in the order of PS3.6 A.</summary>
    public IReadOnlyList<string> Accepted => s_all.Where(_accepted.Contains).ToArray();

    /// <summary>What to propose first: whether the class is there at all.</summary>
    public Proposal First => new(this, s_first);

    /// <summary>Takes the answer to a proposal.</summary>
    /// <returns>What is to be proposed next because of it.</returns>
    public IEnumerable<Proposal> Take(Proposal proposal, AcceptedContext answer)
    {
        var isFirst = !_begun;
        _begun = true;
        if (answer.IsAccepted)
            _accepted.Add(answer.TransferSyntax);
        else
            _refusal ??= answer;
        IEnumerable<string[]> next = answer.IsAccepted ? Halves([.. proposal.TransferSyntaxes.Where(s => s != answer.TransferSyntax)]) : [];
        // A class that is not supported is not supported in any syntax; every other refusal may be one of the syntaxes alone.
        if (isFirst && answer.Result is not (3 or 255))
            next = next.Concat((sopClass.Category == PacsCapabilityCategory.Storage ? s_all : s_native).Except(s_first).Chunk(MaxGroup));
        return next.Select(syntaxes => new Proposal(this, syntaxes));
    }

    public PacsCapability Result(PacsNode node) => sopClass with
    {
        Accepted = IsAccepted,
        TransferSyntaxes = Accepted,
        ScpRole = ScpRole,
        Reason = IsAccepted ? null : _refusal?.ResultInWords,
        Node = node,
    };

    private static IEnumerable<string[]> Halves(string[] open) => open.Length switch
    {
        0 => [],
        1 => [open],
        _ => [open[..(open.Length / 2)], open[(open.Length / 2)..]],
    };

    /// <summary>One context to propose.</summary>
    internal sealed record Proposal(SyntaxSearch Search, IReadOnlyList<string> TransferSyntaxes)
    {
        public ProposedContext Context => new(Search.SopClass.UID, TransferSyntaxes);
    }
}
