using PacsTools.Dicom.Network;
using PacsTools.Dicom.Pdus;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Diagnosis;

/// <summary>Lends an association that is open already to the one operation that is the last on it, and ends it after that.</summary>
internal sealed class HeldAssociation(Association association) : IAssociations
{
    public T Use<T>(
        PacsNode node,
        IReadOnlyList<ProposedContext> contexts,
        Func<Association, T> operation,
        CancellationToken cancellationToken,
        int timeoutFactor = 1,
        IReadOnlyList<ExtendedNegotiation>? extendedNegotiations = null)
    {
        try
        {
            var result = operation(association);
            association.Release();
            return result;
        }
        catch (Exception e)
        {
            AssociationEnd.After(e, association);
            throw;
        }
    }
}
