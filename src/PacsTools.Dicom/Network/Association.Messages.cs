using System.Runtime.ExceptionServices;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Pdus;
using PacsTools.Dicom.UpperLayer;

namespace PacsTools.Dicom.Network;

/// <content>DIMSE messages over the association (PS3.7, PS3.8 Annex E).</content>
public sealed partial class Association
{
    private readonly CommandAssembler _assembler = new();
    private IncomingMessage? _current;

    /// <summary>Sends one message: the command set, and the data set if there is one, in a single write.</summary>
    /// <exception cref="DicomException">The association's reason for failing; it is gone.</exception>
    public void Send(AcceptedContext context, CommandSet command, ReadOnlyMemory<byte> dataset = default)
    {
        if (command.HasDataSet == dataset.IsEmpty)
        {
            throw new ArgumentException("CommandDataSetType (0000,0800) and the data set disagree.", nameof(dataset));
        }

        Send(() =>
        {
            _observer?.OnCommand(context, command, sent: true);
            if (!dataset.IsEmpty)
            {
                _observer?.OnDataset(context, dataset, sent: true);
            }

            _output.WriteMessage(context.Id, command.Encode(), dataset.Span);
        });
    }

    /// <summary>Sends one message whose data set is read from a stream in bounded memory, as it is.</summary>
    /// <param name="context">The accepted context to send on.</param>
    /// <param name="command">The command set.</param>
    /// <param name="dataset">Encoded in the context's transfer syntax, positioned at its first byte.</param>
    /// <param name="length">Its length in bytes; even (PS3.8 E.2).</param>
    /// <exception cref="ArgumentException">The length is odd, or the command announces no data set. Nothing was sent.</exception>
    /// <exception cref="DicomException">The association's reason for failing; it is gone.</exception>
    /// <exception cref="IOException">The stream could not be read. The message is broken off in the middle, so the association is aborted.</exception>
    public void Send(AcceptedContext context, CommandSet command, Stream dataset, long length)
    {
        if (!command.HasDataSet || length < 0 || (length & 1) != 0)
        {
            throw new ArgumentException($"A data set of {length} bytes cannot follow {command}.", nameof(length));
        }

        Send(() =>
        {
            _observer?.OnCommand(context, command, sent: true);
            _output.WriteMessage(context.Id, command.Encode(), dataset, length);
        });
    }

    /// <summary>Sends one message whose data set was read and cut into PDUs before; it can be sent again after that.</summary>
    /// <param name="command">The command set.</param>
    /// <param name="dataset">Read for this association's peer.</param>
    /// <exception cref="DicomException">The association's reason for failing; it is gone.</exception>
    public void Send(CommandSet command, FragmentedDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(dataset);
        if (!command.HasDataSet)
        {
            throw new ArgumentException("CommandDataSetType (0000,0800) says that there is no data set.", nameof(command));
        }

        Send(() =>
        {
            _observer?.OnCommand(dataset.Context, command, sent: true);
            _output.WriteMessage(command.Encode(), dataset);
        });
    }

    /// <summary>Asks the peer to stop the operation of a message id (C-CANCEL, PS3.7 9.3.2.3). Any thread; does nothing on an association that is gone.</summary>
    public void SendCancel(AcceptedContext context, ushort messageId)
    {
        if (!IsUsable)
        {
            return;
        }

        try
        {
            var command = new CCancelRequest(messageId).ToCommandSet();
            _observer?.OnCommand(context, command, sent: true);
            _output.WriteMessage(context.Id, command.Encode(), default);
        }
        catch (Exception e) when (NetworkErrors.IsTransport(e))
        {
            // The pump sees the loss and reports it.
        }
    }

    /// <summary>
    /// The next message. What the caller left unread of the one before is skipped first. Blocks.
    /// </summary>
    /// <returns>The message; null if the peer asked for release between messages, which has been answered.</returns>
    /// <exception cref="DicomException">The association's reason for failing; it is gone.</exception>
    public IncomingMessage? Receive()
    {
        _current?.SkipDataset();
        _current = null;
        ThrowIfFailed();
        try
        {
            while (true)
            {
                if (!_input.TryNext(out var pdu, out var slice, out var payload))
                {
                    Fill();
                    continue;
                }

                if (pdu is not null)
                {
                    if (OnControlPdu(pdu))
                    {
                        return null;
                    }

                    continue;
                }

                Advance(UpperLayerEvent.Evt10);
                if (!slice.IsCommand)
                {
                    _assembler.AddData(slice.ContextId, slice.EndsPart);
                }
                else if (_assembler.AddCommand(slice.ContextId, payload.Span, slice.EndsPart) is { } command)
                {
                    MessagesReceived++;
                    _current = new IncomingMessage(this, FindContext(slice.ContextId), command);
                    _observer?.OnCommand(_current.Context, command, sent: false);
                    return _current;
                }
            }
        }
        catch (Exception e) when (e is DicomException or OperationCanceledException || NetworkErrors.IsTransport(e))
        {
            throw ReasonFor(e, "while a message was awaited");
        }
    }

    /// <summary>The next message if one has begun to arrive. An SCP looks here for C-CANCEL between its responses.</summary>
    /// <param name="message">The message; null although true was returned means that the peer released.</param>
    /// <returns>False if nothing has arrived.</returns>
    /// <exception cref="DicomException">The association's reason for failing; it is gone.</exception>
    public bool TryReceiveNow(out IncomingMessage? message)
    {
        ThrowIfFailed();
        if (!_input.HasBuffered && !_transport.CanReadNow)
        {
            message = null;
            return false;
        }

        message = Receive();
        return true;
    }

    /// <summary>Hands the fragments of the current message's data set to a sink, as many as are buffered at a time.</summary>
    internal void ReadDataset(IncomingMessage message, IDatasetSink? sink)
    {
        var slices = new List<ReadOnlyMemory<byte>>();
        while (!message.DatasetEnded)
        {
            GatherBuffered(message, slices);
            if (slices.Count > 0)
            {
                sink?.Write(slices);
                slices.Clear();
            }

            if (!message.DatasetEnded)
            {
                FillWithin(message);
            }
        }
    }

    private void GatherBuffered(IncomingMessage message, List<ReadOnlyMemory<byte>> slices)
    {
        ThrowIfFailed();
        try
        {
            while (!message.DatasetEnded && _input.TryNext(out var pdu, out var slice, out var payload))
            {
                if (pdu is not null)
                {
                    OnPduInsideMessage(pdu);
                }

                Advance(UpperLayerEvent.Evt10);
                if (slice.IsCommand)
                {
                    _assembler.AddCommand(slice.ContextId, payload.Span, slice.EndsPart);
                }

                _assembler.AddData(slice.ContextId, slice.EndsPart);
                if (slice.Length > 0)
                {
                    slices.Add(payload);
                    message.NoteReceived(slice.Length);
                }

                message.DatasetEnded = slice.EndsPart;
            }
        }
        catch (Exception e) when (e is DicomException or OperationCanceledException || NetworkErrors.IsTransport(e))
        {
            throw ReasonFor(e, "in the middle of a data set");
        }
    }

    private void FillWithin(IncomingMessage message)
    {
        try
        {
            Fill();
        }
        catch (Exception e) when (e is DicomException || NetworkErrors.IsTransport(e))
        {
            throw ReasonFor(e, $"after {message.Received} bytes of a data set");
        }
    }

    private void Send(Action write)
    {
        ThrowIfFailed();
        if (!IsUsable)
        {
            throw new AssociationAbortedException($"the association with {Peer} is no longer open", AAbort.ServiceUser, 0, byPeer: true);
        }

        try
        {
            Advance(UpperLayerEvent.Evt9);
            write();
        }
        catch (DatasetSourceException e)
        {
            // The peer waits for the rest of a message that cannot be completed: only an abort tells it so.
            var cause = e.InnerException!;
            Fail(new AssociationAbortedException($"the association with {Peer} was aborted because the data set to send could not be read: {cause.Message}", AAbort.ServiceUser, 0, byPeer: false), AAbort.ByUser);
            ExceptionDispatchInfo.Throw(cause);
        }
        catch (Exception e) when (NetworkErrors.IsTransport(e))
        {
            ThrowIfFailed();
            throw ReasonAfterWriteError(e);
        }
    }

    /// <summary>A write fails when the peer is gone; why it went may still lie unread here, in an A-ABORT.</summary>
    private Exception ReasonAfterWriteError(Exception error)
    {
        try
        {
            while (_transport.CanReadNow && _input.Fill())
            {
                while (_input.TryNext(out var pdu, out _, out _))
                {
                    if (pdu is not null)
                    {
                        OnPduInsideMessage(pdu);
                    }
                }
            }
        }
        catch (Exception e) when (e is DicomException || NetworkErrors.IsTransport(e))
        {
            if (e is DicomException)
            {
                return ReasonFor(e, "while sending");
            }
        }

        return ReasonFor(error, "while sending");
    }

    private void Fill()
    {
        if (!_input.Fill())
        {
            ThrowIfFailed();
            throw NetworkErrors.Closed(Peer, "without releasing the association");
        }

        ThrowIfFailed();
    }

    private AcceptedContext FindContext(byte id)
    {
        foreach (var context in Contexts)
        {
            if (context.Id == id && context.IsAccepted)
            {
                return context;
            }
        }

        throw new DicomProtocolException($"a message came on presentation context {id}, which was not accepted", "Presentation-context-ID");
    }
}
