using System.Buffers.Binary;

namespace PacsTools.Dicom.Pdus;

/// <summary>Writes PDUs (PS3.8 9.3).</summary>
public static class PduWriter
{
    /// <summary>Bytes before the content of a P-DATA-TF with one value: PDU header, item length, context id, message control header.</summary>
    public const int PDataHeaderSize = 12;

    /// <summary>Bytes of a P-DATA-TF with one value that count towards the peer's maximum length besides the content.</summary>
    public const int PdvOverhead = 6;

    /// <summary>Writes a whole PDU.</summary>
    /// <param name="pdu">The PDU; a P-DATA-TF is copied, so bulk data goes through <see cref="WritePDataHeader"/> instead.</param>
    /// <exception cref="ArgumentException">A field holds what may not be sent: an illegal AE title, text other than ASCII, an even or
    /// repeated context id, an item too long for its length field, a fragment of odd length.</exception>
    public static byte[] Write(Pdu pdu)
    {
        switch (pdu)
        {
            case AAssociateRq request:
                return AssociateWriter.Write(request);
            case AAssociateAc acceptance:
                return AssociateWriter.Write(acceptance);
            case AAssociateRj rejection:
                return Short(pdu.Type, 0, rejection.Result, rejection.Source, rejection.Reason);
            case AAbort abort:
                return Short(pdu.Type, 0, 0, abort.Source, abort.Reason);
            case PDataTf data:
                return WritePData(data);
            default:
                return Short(pdu.Type, 0, 0, 0, 0);
        }
    }

    /// <summary>Writes what precedes the content of a P-DATA-TF that carries one value. The caller sends the content right behind it.</summary>
    /// <param name="destination">At least <see cref="PDataHeaderSize"/> bytes.</param>
    /// <param name="payloadLength">Length of the fragment in bytes; even, since odd ones are never sent (PS3.8 E.2).</param>
    /// <param name="contextId">The presentation context of the message.</param>
    /// <param name="isCommand">True for a fragment of the command set.</param>
    /// <param name="isLast">True for the last fragment of its command set or data set.</param>
    /// <returns>The number of bytes written, always <see cref="PDataHeaderSize"/>.</returns>
    public static int WritePDataHeader(Span<byte> destination, int payloadLength, byte contextId, bool isCommand, bool isLast)
    {
        if (payloadLength < 0 || (payloadLength & 1) != 0)
            throw new ArgumentException($"A fragment of {payloadLength} bytes may not be sent: fragments have an even length.", nameof(payloadLength));
        if (destination.Length < PDataHeaderSize)
            throw new ArgumentException($"A P-DATA-TF header takes {PDataHeaderSize} bytes.", nameof(destination));
        destination[0] = (byte)PduType.PDataTf;
        destination[1] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(destination[2..], (uint)payloadLength + PdvOverhead);
        WritePdvHeader(destination[PduHeader.Size..], payloadLength, contextId, isCommand, isLast);
        return PDataHeaderSize;
    }

    private static void WritePdvHeader(Span<byte> destination, int payloadLength, byte contextId, bool isCommand, bool isLast)
    {
        BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)payloadLength + 2);
        destination[4] = contextId;
        destination[5] = MessageControl.Of(isCommand, isLast);
    }

    private static byte[] WritePData(PDataTf pdu)
    {
        var length = 0;
        foreach (var value in pdu.Values)
        {
            if ((value.Data.Length & 1) != 0)
                throw new ArgumentException($"A fragment of {value.Data.Length} bytes may not be sent: fragments have an even length.", nameof(pdu));
            length = checked(length + PdvOverhead + value.Data.Length);
        }

        if (length == 0)
            throw new ArgumentException("A P-DATA-TF holds at least one presentation data value.", nameof(pdu));
        var bytes = new byte[checked(PduHeader.Size + length)];
        bytes[0] = (byte)PduType.PDataTf;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(2), (uint)length);
        var position = PduHeader.Size;
        foreach (var value in pdu.Values)
        {
            WritePdvHeader(bytes.AsSpan(position), value.Data.Length, value.ContextId, value.IsCommand, value.IsLast);
            value.Data.Span.CopyTo(bytes.AsSpan(position + PdvOverhead));
            position += PdvOverhead + value.Data.Length;
        }

        return bytes;
    }

    private static byte[] Short(PduType type, byte first, byte second, byte third, byte fourth) =>
        [(byte)type, 0, 0, 0, 0, 4, first, second, third, fourth];
}
