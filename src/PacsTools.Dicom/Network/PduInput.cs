using PacsTools.Dicom.Pdus;

namespace PacsTools.Dicom.Network;

/// <summary>
/// The read side of an association: one buffer, filled by blocking reads. P-DATA-TF bodies come out as slices of that
/// buffer while they arrive; every other PDU is waited for whole, within its limit.
/// </summary>
internal sealed class PduInput(ByteTransport transport, PduLimits limits, Watchdog watchdog)
{
    private const int BufferLength = 256 * 1024;
    private const int GrowthFactor = 8;

    private byte[] _buffer = GC.AllocateUninitializedArray<byte>(4096);
    private bool _wasFilled;
    private int _start;
    private int _end;
    private PDataDecoder _decoder;
    private bool _inPData;

    public bool HasBuffered => _end > _start;

    public bool ReachedEnd { get; private set; }

    public AssociationObserver? Observer { get; set; }

    /// <summary>Takes the next PDV slice or PDU out of what is buffered.</summary>
    /// <returns>False if more must be read first.</returns>
    public bool TryNext(out Pdu? pdu, out PdvSlice slice, out ReadOnlyMemory<byte> payload)
    {
        pdu = null;
        payload = default;
        slice = default;
        while (true)
        {
            var available = new ReadOnlySpan<byte>(_buffer, _start, _end - _start);
            if (_inPData)
            {
                var got = _decoder.TryNext(available, out slice, out var used);
                if (got)
                {
                    payload = _buffer.AsMemory(_start + slice.Offset, slice.Length);
                    _inPData = !slice.EndOfPdu;
                }

                _start += used;
                return got;
            }

            if (!PduReader.TryReadHeader(available, out var header))
            {
                return false;
            }

            if (header.Type == PduType.PDataTf)
            {
                PduReader.CheckLength(header, limits);
                _start += PduHeader.Size;
                _decoder.Reset(header.Length);
                _inPData = true;
                continue;
            }

            if (!PduReader.TryRead(available, limits, out pdu, out var consumed))
            {
                return false;
            }

            _start += consumed;
            Observer?.OnPdu(pdu!, sent: false);
            return true;
        }
    }

    /// <summary>Blocks for more bytes. Slices handed out before are no longer valid.</summary>
    /// <returns>False if the connection has ended.</returns>
    public bool Fill()
    {
        MakeRoom();
        watchdog.BeginWait();
        int read;
        try
        {
            read = transport.Read(_buffer.AsSpan(_end));
        }
        finally
        {
            watchdog.EndWait();
        }

        _end += read;
        _wasFilled = _end == _buffer.Length;
        ReachedEnd = read == 0;
        return read > 0;
    }

    /// <summary>Reads and forgets.</summary>
    /// <returns>False if the connection has ended.</returns>
    public bool Discard()
    {
        _start = _end;
        return Fill();
    }

    private void MakeRoom()
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }

        // The buffer starts small, because most associations only ever carry commands, and grows with what really arrives, never
        // with what a length field claims: a read that took all there was room for tells of more behind it.
        var grows = _wasFilled && _buffer.Length < BufferLength;
        if (_end < _buffer.Length && !grows)
        {
            return;
        }

        var kept = _end - _start;
        var length = grows ? Math.Min(_buffer.Length * GrowthFactor, BufferLength) : _buffer.Length;
        if (kept > length / 2)
        {
            length = kept * 2;
        }

        var target = length == _buffer.Length ? _buffer : GC.AllocateUninitializedArray<byte>(length);
        Buffer.BlockCopy(_buffer, _start, target, 0, kept);
        _buffer = target;
        _start = 0;
        _end = kept;
    }
}
