using PacsTools.Dicom.Data;
using PacsTools.Dicom.Network;

namespace PacsTools.Services.Sending;

/// <summary>
/// What an association proposes: for every SOP class one context for each transfer syntax its files are in, so that each can be
/// sent as it is, and one for the native ones, in which whatever is native can be sent.
/// </summary>
internal sealed class ContextPlan
{
    /// <summary>PS3.8 9.3.2.2: context ids are odd and fit a byte.</summary>
    public const int MaxContexts = 128;

    private static readonly string[] s_native = [TransferSyntax.ExplicitVRLittleEndian.UID, TransferSyntax.ImplicitVRLittleEndian.UID];

    private readonly HashSet<(string SopClass, string Syntax)> _pairs = [];
    private readonly List<(string SopClass, string Syntax)> _order = [];
    private readonly HashSet<string> _classes = [];

    /// <summary>Presentation contexts it takes.</summary>
    public int Count => _pairs.Count + _classes.Count;

    public bool Covers(OutgoingFile file) => _pairs.Contains(file.Kind);

    /// <summary>Makes room for files of a SOP class in a transfer syntax.</summary>
    /// <returns>False if the contexts do not suffice.</returns>
    public bool TryAdd((string SopClass, string Syntax) kind)
    {
        if (_pairs.Contains(kind))
        {
            return true;
        }

        if (Count + (_classes.Contains(kind.SopClass) ? 1 : 2) > MaxContexts)
        {
            return false;
        }

        _pairs.Add(kind);
        _order.Add(kind);
        _classes.Add(kind.SopClass);
        return true;
    }

    public IReadOnlyList<ProposedContext> Contexts =>
    [
        .. _order.Select(p => new ProposedContext(p.SopClass, [p.Syntax])),
        .. _order.Select(p => p.SopClass).Distinct().Select(c => new ProposedContext(c, s_native)),
    ];
}
