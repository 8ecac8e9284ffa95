using PacsTools.Dicom.Network;

namespace PacsTools.Services.Simulation;

/// <summary>Which presentation contexts sending some instances takes: one for each SOP class in the transfer syntax it is stored in.</summary>
internal sealed class DestinationContexts
{
    /// <summary>PS3.8 9.3.2.2: ids are odd and fit a byte.</summary>
    private const int MaxContexts = 128;

    private readonly List<(string SopClass, string Syntax)[]> _associations;

    public DestinationContexts(IEnumerable<IndexedInstance> instances) => _associations =
    [
        .. instances.Select(instance => instance.Describe()).Select(one => (one.SopClassUid, one.TransferSyntaxUid)).Distinct().Chunk(MaxContexts),
    ];

    /// <summary>The contexts to propose for an association that is to take an instance, as many others as fit beside it.</summary>
    public IReadOnlyList<ProposedContext> For(StoredInstance instance) =>
    [
        .. _associations
            .First(some => some.Contains((instance.SopClassUid, instance.TransferSyntaxUid)))
            .Select(one => new ProposedContext(one.SopClass, [one.Syntax])),
    ];
}
