using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;
using PacsTools.Dicom.Pdus;

namespace PacsTools.Services.Nodes;

/// <summary>Where operations get an association for the time they need one.</summary>
internal interface IAssociations
{
    /// <summary>
    /// Runs an operation on an association with a node; blocks. What becomes of the association afterwards is not the operation's
    /// business: it must not dispose it, and releases it only if it failed without throwing, so that nobody goes on with it.
    /// </summary>
    /// <param name="node">Whom to reach and as whom.</param>
    /// <param name="contexts">What to propose.</param>
    /// <param name="operation">Returns when its final response is in; throws if anything went wrong.</param>
    /// <param name="cancellationToken">Ends the opening; the operation watches it by itself.</param>
    /// <param name="timeoutFactor">How much longer than usual opening may take: 2 for the try after a timeout.</param>
    /// <param name="extendedNegotiations">SOP class extended negotiation to propose (PS3.7 D.3.3.5); the answer is in <see cref="Association.PeerInformation"/>.</param>
    /// <exception cref="DicomException">There is no association, or the operation's own.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    T Use<T>(
        PacsNode node,
        IReadOnlyList<ProposedContext> contexts,
        Func<Association, T> operation,
        CancellationToken cancellationToken,
        int timeoutFactor = 1,
        IReadOnlyList<ExtendedNegotiation>? extendedNegotiations = null);

    /// <summary>Ends what is kept open with a node and not in use, soon and without waiting for it: whoever was stopped leaves nothing open.</summary>
    void EndIdle(PacsNode node)
    {
    }
}
