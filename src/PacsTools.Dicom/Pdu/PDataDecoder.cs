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

    private uint _pduLength;
    private uint _pduLeft;
    private uint _pdvLeft;
    private bool _isOdd;
    private byte _contextId;
    private byte _control;
    private bool _insidePdv;

    /// <summary>Bytes of the present PDU not yet consumed; 0 between PDUs.</summary>
    public readonly uint Remaining => _pduLeft;

    /// <summary>Starts a PDU.</summary>
    /// <param name="pduLength">The length in its header, checked before by <see cref="PduReader.CheckLength"/>.</param>
    /// <exception cref="DicomProtocolException">The PDU is too short to hold a value.</exception>
    public void Reset(uint pduLength)
    {
        if (pduLength < MinPduLength)
            throw new DicomProtocolException($"P-DATA-TF has a length of {pduLength} bytes, too short for any presentation data value", "PDU-length", 2);
        _pduLength = pduLength;
        _pduLeft = pduLength;
        _pdvLeft = 0;
        _insidePdv = false;
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
        if (_pduLeft == 0)
            return false;
        var offset = 0;
        if (!_insidePdv)
        {
            if (_pduLeft < HeaderSize)
                throw Fault($"{_pduLeft} bytes are left over at the end of a P-DATA-TF, too few for a presentation data value");
            if (available.Length < HeaderSize)
                return false;
            ReadHeader(available);
            // A value whose content has not begun to arrive waits, so that a slice is empty only if its value is.
            if (_pdvLeft != 0 && available.Length == HeaderSize)
                return false;
            _insidePdv = true;
            _pduLeft -= HeaderSize;
            offset = HeaderSize;
        }

        var length = (int)Math.Min(_pdvLeft, (uint)(available.Length - offset));
        if (length == 0 && _pdvLeft != 0)
            return false;
        _pdvLeft -= (uint)length;
        _pduLeft -= (uint)length;
        _insidePdv = _pdvLeft != 0;
        consumed = offset + length;
        slice = new PdvSlice(_contextId, _control, offset, length, _isOdd, endOfPdv: !_insidePdv, endOfPdu: _pduLeft == 0);
        return true;
    }

    private void ReadHeader(ReadOnlySpan<byte> available)
    {
        var itemLength = BinaryPrimitives.ReadUInt32BigEndian(available);
        if (itemLength < 2)
            throw Fault($"a presentation data value has a length of {itemLength} bytes, less than its own header");
        if (itemLength > _pduLeft - 4)
            throw Fault($"a presentation data value of {itemLength} bytes does not fit the {_pduLeft - 4} left in its PDU");
        _contextId = available[4];
        _control = available[5];
        _pdvLeft = itemLength - 2;
        _isOdd = (_pdvLeft & 1) != 0;
    }

    private readonly DicomProtocolException Fault(string message) =>
        new(message, "Item-length", PduHeader.Size + (long)(_pduLength - _pduLeft));
}
