using PacsTools.Dicom.Network;
using PacsTools.Dicom.Pdus;
using PacsTools.Services.Metrics;
using PacsTools.Services.Observation;

namespace PacsTools.Services.Nodes;

/// <summary>A new association every time.</summary>
/// <param name="timeProvider">The clock of its timeouts.</param>
/// <param name="onStep">Told of each step on the way to the peer.</param>
/// <param name="onSecured">Told when the transport is ready, TLS included, and nothing of DICOM has been sent.</param>
internal sealed class DirectAssociations(TimeProvider? timeProvider = null, Action<ConnectionStep>? onStep = null, Action<Association>? onSecured = null) : IAssociationFactory, IAssociations
{
    public static DirectAssociations Default { get; } = new();

    public Association Open(
        PacsNode node,
        IReadOnlyList<ProposedContext> contexts,
        CancellationToken cancellationToken,
        int timeoutFactor = 1,
        IReadOnlyList<ExtendedNegotiation>? extendedNegotiations = null)
    {
        UserIdentityRule.BeforeOpening(node);
        var time = timeProvider ?? TimeProvider.System;
        var connected = false;
        var options = new AssociationOptions
        {
            HostName = node.HostName,
            Port = node.Port,
            CalledAETitle = node.CalledAETitle,
            CallingAETitle = node.CallingAETitle,
            Contexts = contexts,
            AssociationTimeout = (node.Timeout ?? PacsDefaults.AssociationTimeout) * timeoutFactor,
            ExtendedNegotiations = extendedNegotiations ?? [],
            Tls = node.Tls is { Enabled: true } tls ? tls.ToClient() : null,
            UserIdentity = node.UserIdentity?.ToRequest(),
            TimeProvider = time,
            OnStep = onStep,
            Observe = association =>
            {
                connected = true;
                onSecured?.Invoke(association);
                return new AssociationWatch(association, time);
            },
        };
        try
        {
            return UserIdentityRule.AfterOpening(node, Association.Request(options, cancellationToken));
        }
        catch (Exception) when (!connected)
        {
            AssociationMetrics.CountUnreached();
            throw;
        }
    }

    public T Use<T>(
        PacsNode node,
        IReadOnlyList<ProposedContext> contexts,
        Func<Association, T> operation,
        CancellationToken cancellationToken,
        int timeoutFactor = 1,
        IReadOnlyList<ExtendedNegotiation>? extendedNegotiations = null)
    {
        var association = Open(node, contexts, cancellationToken, timeoutFactor, extendedNegotiations);
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
