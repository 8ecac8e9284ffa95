using PacsTools.Dicom.Data;
using PacsTools.Dicom.Network;
using PacsTools.Services.Sending;

namespace PacsTools.Services.Simulation;

/// <summary>
/// Which presentation contexts sending some instances takes: one for each SOP class in the transfer syntax it is stored in, and where that is native one
/// with those every storage SCP knows, for a destination that does not take the former (PS3.5 10.1).
/// </summary>
internal sealed class DestinationContexts
{
    /// <summary>PS3.8 9.3.2.2: ids are odd and fit a byte.</summary>
    private const int MaxContexts = 128;

    private static readonly string[] s_everywhere = [DicomUids.ExplicitVRLittleEndian, DicomUids.ImplicitVRLittleEndian];

    private readonly Dictionary<(string SopClass, string Syntax), IReadOnlyList<ProposedContext>> _associations = [];

    public DestinationContexts(IEnumerable<IndexedInstance> instances)
    {
        var contexts = new List<ProposedContext>();
        foreach (var stored in instances.Select(instance => instance.Describe()).Select(one => (one.SopClassUid, one.TransferSyntaxUid)).Distinct())
        {
            var needed = Needed(stored.SopClassUid, stored.TransferSyntaxUid);
            if (contexts.Count + needed.Count > MaxContexts)
                contexts = [];
            contexts.AddRange(needed);
            _associations.Add(stored, contexts);
        }
    }

    /// <summary>The contexts to propose for an association that is to take an instance, as many others as fit beside it: one list for all that fit together.</summary>
    public IReadOnlyList<ProposedContext> For(StoredInstance instance) => _associations.TryGetValue((instance.SopClassUid, instance.TransferSyntaxUid), out var contexts)
        ? contexts
        : Needed(instance.SopClassUid, instance.TransferSyntaxUid); // It has been stored anew meanwhile, in another transfer syntax.

    private static List<ProposedContext> Needed(string sopClass, string syntax)
    {
        var needed = new List<ProposedContext> { new(sopClass, [syntax]) };
        if (OutgoingFile.CanBeConverted(TransferSyntax.Get(syntax)))
            needed.Add(new(sopClass, [.. s_everywhere.Where(other => other != syntax)]));
        return needed;
    }
}
