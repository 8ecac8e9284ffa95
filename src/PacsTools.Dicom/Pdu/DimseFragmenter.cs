using System.Buffers;

namespace PacsTools.Dicom.Pdus;

/// <summary>Cuts messages into P-DATA-TF PDUs (PS3.8 7.6, E): even fragments, one presentation data value a PDU, as long as the peer allows.</summary>
public static class DimseFragmenter
{
    /// <summary>The longest P-DATA-TF we send, in bytes as the length field counts them, however much the peer takes.</summary>
    public const uint OwnMaxPduLength = 262144;

    /// <summary>The longest fragment that fits a PDU of the peer: even and at least 2.</summary>
    /// <param name="peerMaxPduLength">The peer's maximum length (PS3.8 D.1); 0 means no limit and leaves our own. Maxima under 8, which
    /// leave no room for a fragment of even length, count as 8.</param>
    public static int MaxFragment(uint peerMaxPduLength)
    {
        var pdu = peerMaxPduLength == 0 ? OwnMaxPduLength : Math.Min(peerMaxPduLength, OwnMaxPduLength);
        return Math.Max(2, ((int)pdu - PduWriter.PdvOverhead) & ~1);
    }

    /// <summary>How many bytes <see cref="WriteMessage"/> will write.</summary>
    /// <exception cref="OverflowException">More than 2 GiB: such a data set has to be streamed.</exception>
    public static int MessageLength(int commandLength, int dataLength, uint peerMaxPduLength, bool sendEmptyDataSet = false)
    {
        var fragment = MaxFragment(peerMaxPduLength);
        return checked((int)(PartLength(commandLength, fragment)
            + (dataLength > 0 || sendEmptyDataSet ? PartLength(dataLength, fragment) : 0)));
    }

    /// <summary>Writes a whole message into one contiguous piece of the buffer, so that it can leave in one send.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="contextId">The accepted presentation context of the message.</param>
    /// <param name="command">The encoded command set.</param>
    /// <param name="data">The encoded data set, or nothing.</param>
    /// <param name="peerMaxPduLength">The peer's maximum length.</param>
    /// <param name="sendEmptyDataSet">True if the command announces a data set even though it has no bytes.</param>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="ArgumentException">A part has an odd length, which is never sent; or there is no command.</exception>
    public static int WriteMessage(
        IBufferWriter<byte> writer,
        byte contextId,
        ReadOnlySpan<byte> command,
        ReadOnlySpan<byte> data,
        uint peerMaxPduLength,
        bool sendEmptyDataSet = false)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (command.IsEmpty)
            throw new ArgumentException("A message has a command set.", nameof(command));
        var length = MessageLength(command.Length, data.Length, peerMaxPduLength, sendEmptyDataSet);
        var span = writer.GetSpan(length);
        var fragment = MaxFragment(peerMaxPduLength);
        var written = WritePart(span, contextId, command, fragment, isCommand: true);
        if (!data.IsEmpty || sendEmptyDataSet)
            written += WritePart(span[written..], contextId, data, fragment, isCommand: false);
        writer.Advance(written);
        return written;
    }

    private static int WritePart(Span<byte> destination, byte contextId, ReadOnlySpan<byte> part, int fragment, bool isCommand)
    {
        var written = 0;
        do
        {
            var length = Math.Min(fragment, part.Length);
            written += PduWriter.WritePDataHeader(destination[written..], length, contextId, isCommand, isLast: length == part.Length);
            part[..length].CopyTo(destination[written..]);
            part = part[length..];
            written += length;
        }
        while (!part.IsEmpty);
        return written;
    }

    /// <summary>How many bytes a command set or data set takes as PDUs with fragments of a length.</summary>
    internal static long PartLength(long length, int fragment) =>
        length + Math.Max(1, (length + fragment - 1) / fragment) * PduWriter.PDataHeaderSize;
}
