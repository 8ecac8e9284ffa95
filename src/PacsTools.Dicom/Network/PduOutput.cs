using System.Buffers;
using PacsTools.Dicom.Pdus;

namespace PacsTools.Dicom.Network;

/// <summary>
/// The write side of an association: one gate, so that a C-CANCEL or an abort from another thread never lands inside a
/// message, and as few system calls as the message allows.
/// </summary>
internal sealed class PduOutput(ByteTransport transport, Watchdog watchdog)
{
    // As many PDUs as fit leave in one system call when a file is sent.
    private const int BatchLength = 256 * 1024;

    private readonly object _gate = new();
    private readonly ArrayBufferWriter<byte> _message = new(1024);

    public uint PeerMaxPduLength { get; set; } = 16384;

    public AssociationObserver? Observer { get; set; }

    public void Write(Pdu pdu)
    {
        var bytes = PduWriter.Write(pdu);
        Observer?.OnPdu(pdu, sent: true);
        lock (_gate)
        {
            Transmit(bytes);
        }
    }

    /// <summary>Writes the PDU if no other thread is inside a write that the peer does not take; for aborts.</summary>
    public bool TryWrite(Pdu pdu, TimeSpan wait)
    {
        if (!Monitor.TryEnter(_gate, wait))
        {
            return false;
        }

        try
        {
            Observer?.OnPdu(pdu, sent: true);
            Transmit(PduWriter.Write(pdu));
            return true;
        }
        finally
        {
            Monitor.Exit(_gate);
        }
    }

    /// <summary>Sends command and data set as P-DATA-TF PDUs in one write.</summary>
    public void WriteMessage(byte contextId, ReadOnlySpan<byte> command, ReadOnlySpan<byte> dataset)
    {
        lock (_gate)
        {
            _message.ResetWrittenCount();
            DimseFragmenter.WriteMessage(_message, contextId, command, dataset, PeerMaxPduLength);
            Transmit(_message.WrittenSpan);
        }
    }

    /// <summary>Sends a command, then the data set read from a stream, in bounded memory.</summary>
    public void WriteMessage(byte contextId, ReadOnlySpan<byte> command, Stream dataset, long length)
    {
        var fragment = DimseFragmenter.MaxFragment(PeerMaxPduLength);
        var batch = ArrayPool<byte>.Shared.Rent(Math.Max(BatchLength, fragment + PduWriter.PDataHeaderSize));
        try
        {
            lock (_gate)
            {
                _message.ResetWrittenCount();
                DimseFragmenter.WriteMessage(_message, contextId, command, default, PeerMaxPduLength);
                _message.WrittenSpan.CopyTo(batch);
                WriteFragments(contextId, dataset, length, fragment, batch, _message.WrittenCount);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(batch);
        }
    }

    /// <summary>Sends a command and the data set that was cut for this peer before.</summary>
    public void WriteMessage(ReadOnlySpan<byte> command, FragmentedDataset dataset)
    {
        lock (_gate)
        {
            _message.ResetWrittenCount();
            DimseFragmenter.WriteMessage(_message, dataset.Context.Id, command, default, PeerMaxPduLength);
            var left = dataset.Behind(_message.WrittenSpan, out var isWhole);
            if (!isWhole)
            {
                Transmit(_message.WrittenSpan);
            }

            // In pieces, because each that the peer takes is a sign of life.
            while (!left.IsEmpty)
            {
                var piece = left[..Math.Min(left.Length, BatchLength)];
                Transmit(piece);
                left = left[piece.Length..];
            }
        }
    }

    private void WriteFragments(byte contextId, Stream dataset, long length, int fragment, byte[] batch, int used)
    {
        var left = length;
        do
        {
            var payload = (int)Math.Min(fragment, left);
            if (used + PduWriter.PDataHeaderSize + payload > batch.Length)
            {
                Transmit(batch.AsSpan(0, used));
                used = 0;
            }

            // The whole fragment is in memory before its header promises it to the peer.
            ReadSource(dataset, batch.AsSpan(used + PduWriter.PDataHeaderSize, payload));
            left -= payload;
            used += PduWriter.WritePDataHeader(batch.AsSpan(used), payload, contextId, isCommand: false, isLast: left == 0);
            used += payload;
        }
        while (left > 0);

        Transmit(batch.AsSpan(0, used));
    }

    private static void ReadSource(Stream dataset, Span<byte> fragment)
    {
        try
        {
            dataset.ReadExactly(fragment);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or UnauthorizedAccessException)
        {
            throw new DatasetSourceException(e);
        }
    }

    private void Transmit(ReadOnlySpan<byte> bytes)
    {
        watchdog.BeginWait();
        try
        {
            transport.Write(bytes);
        }
        finally
        {
            watchdog.EndWait();
        }
    }
}
