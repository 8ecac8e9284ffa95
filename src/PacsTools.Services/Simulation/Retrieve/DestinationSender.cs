using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;

namespace PacsTools.Services.Simulation;

/// <summary>C-STORE as SCU to the destination of a C-MOVE (PS3.4 C.4.2.3): one association, opened when it is needed and again if it is lost.</summary>
internal sealed class DestinationSender(SimulatorState state, MoveTarget target, CMoveRequest move, string originator, DestinationContexts contexts) : IDisposable
{
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(60);

    private Association? _association;
    private IReadOnlyList<ProposedContext>? _proposed;
    private DicomException? _unreachable;

    /// <summary>Sends one instance, as it is stored if that is accepted.</summary>
    /// <returns>The status it was answered with.</returns>
    /// <exception cref="DicomException">It could not be sent.</exception>
    /// <exception cref="IOException">It could not be read.</exception>
    public ushort Send(StoredInstance instance)
    {
        var association = AssociationFor(instance);
        var (context, stream, length) = StoredFile.OpenFor(association, instance);
        using (stream)
        using (association.Watch("Store", s_silence, state.Stopping))
        {
            var request = new CStoreRequest(association.NextMessageId(), instance.SopClassUid, instance.SopInstanceUid, move.Priority)
            {
                MoveOriginatorAETitle = originator,
                MoveOriginatorMessageId = move.MessageId,
            };
            association.Send(context, request.ToCommandSet(), stream, length);
            var response = association.Receive() ?? throw new AssociationAbortedException($"{association.Peer} released before it had answered", 0, 0, byPeer: true);
            return StoreAnswer.StatusOf(response, request, association);
        }
    }

    public void Dispose()
    {
        if (_association is null)
            return;
        if (state.Faults.NeverRelease && state.Budget.Take())
            state.LeftOpen.Keep(_association);
        else
            _association.Release();
    }

    private Association AssociationFor(StoredInstance instance)
    {
        // A destination that cannot be reached for one instance cannot for the next; the requestor need not wait for each.
        if (_unreachable is not null)
            throw _unreachable;
        var needed = contexts.For(instance);
        if (_association is { IsUsable: true } open && ReferenceEquals(_proposed, needed))
            return open;
        _association?.Release();
        _proposed = needed;
        try
        {
            return _association = Association.Request(
                new AssociationOptions
                {
                    HostName = target.HostName,
                    Port = target.Port,
                    Tls = target.Tls,
                    CalledAETitle = move.MoveDestination,
                    CallingAETitle = state.AETitle,
                    Contexts = needed,
                    TimeProvider = state.Time,
                },
                state.Stopping);
        }
        catch (DicomException e)
        {
            _unreachable = e;
            throw;
        }
    }
}
