using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;
using PacsTools.Dicom.Pdus;

namespace PacsTools.Services.Nodes;

/// <summary>Where jobs get their associations from.</summary>
internal interface IAssociationFactory
{
    /// <summary>Opens an association with a node; blocks for at most its association timeout. Whoever opened it releases it.</summary>
    /// <param name="node">Whom to reach and as whom.</param>
    /// <param name="contexts">What to propose.</param>
    /// <param name="cancellationToken">Ends the attempt at once.</param>
    /// <param name="timeoutFactor">How much longer than usual it may take: 2 for the try after a timeout.</param>
    /// <param name="extendedNegotiations">SOP class extended negotiation to propose (PS3.7 D.3.3.5); the answer is in <see cref="Association.PeerInformation"/>.</param>
    /// <exception cref="DicomException">There is no association; the kind says why.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    Association Open(
        PacsNode node,
        IReadOnlyList<ProposedContext> contexts,
        CancellationToken cancellationToken,
        int timeoutFactor = 1,
        IReadOnlyList<ExtendedNegotiation>? extendedNegotiations = null);
}
