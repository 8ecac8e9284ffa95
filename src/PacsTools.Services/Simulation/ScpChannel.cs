using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;

namespace PacsTools.Services.Simulation;

/// <summary>The way every response of one association takes: here it is delayed, withheld or broken off if a fault asks for it.</summary>
internal sealed class ScpChannel(Association association, SimulatorState state)
{
    private int _responses;
    private int _silences;

    public Association Association => association;

    /// <summary>The request that is being answered.</summary>
    public CommandField Operation { get; set; }

    /// <summary>Sends a response.</summary>
    /// <exception cref="DicomException">The association is gone.</exception>
    public void Respond(AcceptedContext context, DimseResponse response, ReadOnlyMemory<byte> dataset = default) =>
        Respond(context, (response with { HasDataSet = !dataset.IsEmpty }).ToCommandSet(), dataset);

    /// <inheritdoc cref="Respond(AcceptedContext, DimseResponse, ReadOnlyMemory{byte})"/>
    public void Respond(AcceptedContext context, CommandSet response, ReadOnlyMemory<byte> dataset = default)
    {
        BeforeResponse();
        association.Send(context, response, dataset);
    }

    /// <summary>Sends the response that ends an operation of several, unless it is to be lost.</summary>
    /// <exception cref="DicomException">The association is gone.</exception>
    public void RespondLast(AcceptedContext context, DimseResponse response, ReadOnlyMemory<byte> dataset = default)
    {
        if (!(state.Faults.LoseFinalResponse && IsHit()))
            Respond(context, response, dataset);
        else
            NoteSilence();
    }

    /// <summary>The association has ended: nobody waits for an answer on it any more.</summary>
    public void Ended() => state.Journal?.NoteSilent(-_silences);

    /// <summary>Looks whether the requestor has cancelled an operation in the meantime (PS3.7 9.3.2.3).</summary>
    /// <exception cref="DicomException">The association is gone, or something else came although one operation at a time was negotiated.</exception>
    public bool IsCancelled(ushort messageId)
    {
        while (association.TryReceiveNow(out var message))
        {
            // Released in the middle of an operation: there is nobody left to answer.
            if (message is null)
                return true;
            if (message.Command.CommandField != CommandField.CCancelRequest)
                throw new DicomProtocolException($"{message.Command} came during another operation; asynchronous operations were not negotiated", "Command Field");
            if (message.Command.MessageIdBeingRespondedTo == messageId)
                return true;
        }

        return false;
    }

    private void BeforeResponse()
    {
        var faults = state.Faults;
        if (!state.Budget.Concerns(Operation))
            return;
        if (faults.Delay > TimeSpan.Zero)
            Task.Delay(faults.Delay, state.Time, state.Stopping).GetAwaiter().GetResult();
        var sent = _responses++;
        if (sent >= faults.AbortAfter && IsHit())
            association.Abort();
        else if (sent >= faults.StallAfter && IsHit())
            WaitForPeerToGo();
    }

    private bool IsHit() => state.Budget.Concerns(Operation) && state.Budget.Take();

    private void NoteSilence()
    {
        _silences++;
        state.Journal?.NoteSilent(1);
    }

    /// <summary>Hears the peer out without answering it, until it goes or the simulator stops.</summary>
    private void WaitForPeerToGo()
    {
        NoteSilence();
        state.Journal?.NoteBusy(-1);
        try
        {
            HearOut();
        }
        finally
        {
            state.Journal?.NoteBusy(1);
        }
    }

    private void HearOut()
    {
        using (association.Watch("Stall", Timeout.InfiniteTimeSpan, state.Stopping))
        {
            while (association.Receive() is not null)
            {
            }
        }
    }
}
