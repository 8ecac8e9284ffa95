using System.Buffers.Binary;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Pdus;

/// <summary>Finds the presentation data values in the body of a P-DATA-TF while it arrives (PS3.8 9.3.5). It copies and allocates
/// nothing: the caller keeps the receive buffer and gets told which part of it is what.</summary>
/// <remarks>For every PDU: <see cref="Reset"/> with the length of the header, then <see cref="TryNext"/> with what follows the
/// bytes consumed so far, until a slice says <see cref="PdvSlice.EndOfPdu"/>. After an error the decoder is of no more use.</remarks>
public struct PDataDecoder
{
    /// <summary>The shortest legal P-DATA-TF: one value without content.</summary>
    internal const uint MinPduLength = HeaderSize;

    // Item length, context id, message control header.
    private const int HeaderSize = 6;

    private uint pduLength;
    private uint pduLeft;
    private uint pdvLeft;
    private bool isOdd;
    private byte contextId;
    private byte control;
    private bool insidePdv;

    /// <summary>Bytes of the present PDU not yet consumed; 0 between PDUs.</summary>
    public readonly uint Remaining => pduLeft;

    /// <summary>Starts a PDU.</summary>
    /// <param name="pduLength">The length in its header, checked before by <see cref="PduReader.CheckLength"/>.</param>
    /// <exception cref="DicomProtocolException">The PDU is too short to hold a value.</exception>
    public void Reset(uint pduLength)
    {
        if (pduLength < MinPduLength)
            throw new DicomProtocolException($"P-DATA-TF has a length of {pduLength} bytes, too short for any presentation data value", "PDU-length", 2);
        this.pduLength = pduLength;
        pduLeft = pduLength;
        pdvLeft = 0;
        insidePdv = false;
    }

    /// <summary>Takes the next piece of a value. Never looks beyond the end of the PDU, so there may be more in the buffer.</summary>
    /// <param name="available">What has arrived and was not consumed yet.</param>
    /// <param name="slice">The piece; its offset counts from the start of <paramref name="available"/>.</param>
    /// <param name="consumed">How far the caller has to advance; 0 if the result is false.</param>
    /// <returns>False if more bytes are needed (at most 7 are ever waited for), or the PDU has ended.</returns>
    /// <exception cref="DicomProtocolException">The length of a value is impossible.</exception>
    public bool TryNext(ReadOnlySpan<byte> available, out PdvSlice slice, out int consumed)
    {
        slice = default;
        consumed = 0;
        if (pduLeft == 0)
            return false;
        var offset = 0;
        if (!insidePdv)
        {
            if (pduLeft < HeaderSize)
                throw Fault($"{pduLeft} bytes are left over at the end of a P-DATA-TF, too few for a presentation data value");
            if (available.Length < HeaderSize)
                return false;
            ReadHeader(available);
            // A value whose content has not begun to arrive waits, so that a slice is empty only if its value is.
            if (pdvLeft != 0 && available.Length == HeaderSize)
                return false;
            insidePdv = true;
            pduLeft -= HeaderSize;
            offset = HeaderSize;
        }

        var length = (int)Math.Min(pdvLeft, (uint)(available.Length - offset));
        if (length == 0 && pdvLeft != 0)
            return false;
        pdvLeft -= (uint)length;
        pduLeft -= (uint)length;
        insidePdv = pdvLeft != 0;
        consumed = offset + length;
        slice = new PdvSlice(contextId, control, offset, length, isOdd, endOfPdv: !insidePdv, endOfPdu: pduLeft == 0);
        return true;
    }

    private void ReadHeader(ReadOnlySpan<byte> available)
    {
        var itemLength = BinaryPrimitives.ReadUInt32BigEndian(available);
        if (itemLength < 2)
            throw Fault($"a presentation data value has a length of {itemLength} bytes, less than its own header");
        if (itemLength > pduLeft - 4)
            throw Fault($"a presentation data value of {itemLength} bytes does not fit the {pduLeft - 4} left in its PDU");
        contextId = available[4];
        control = available[5];
        pdvLeft = itemLength - 2;
        isOdd = (pdvLeft & 1) != 0;
    }

    private readonly DicomProtocolException Fault(string message) =>
        new(message, "Item-length", PduHeader.Size + (long)(pduLength - pduLeft));
}
