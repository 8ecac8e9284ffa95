using System.Buffers.Binary;

namespace PacsTools.TestKit.Faults;

/// <summary>
/// Follows one direction of an association and tells what each byte belongs to, from lengths alone and written apart from the engine. It follows what was
/// sent, not what a fault makes of it; what is no stream of PDUs is opaque.
/// </summary>
public sealed class PduTracker
{
    private const byte FirstType = 1, LastType = 7, DataType = 4;
    private const int PduHeaderSize = 6, PdvHeaderSize = 6;
    private const uint LongestPdu = 1 << 26;
    private readonly byte[] _header = new byte[8];
    private readonly CommandTracker _command = new();
    private int _filled;
    private long _pduLeft;
    private long _pdvLeft;
    private Part _part = Part.PduHeader;

    private enum Part
    {
        PduHeader,
        Control,
        PdvHeader,
        Command,
        DataSet,
        Lost,
    }

    /// <summary>True between two PDUs.</summary>
    public bool IsBetweenPdus => _part == Part.PduHeader && _filled == 0;

    /// <summary>Looks at the next bytes.</summary>
    /// <returns>How many of them, at least one, belong to the same region.</returns>
    public int Next(ReadOnlySpan<byte> bytes, out ByteRegion region)
    {
        switch (_part)
        {
            case Part.PduHeader:
                region = ByteRegion.PduHeader;
                return Fill(bytes, PduHeaderSize, OnPduHeader);
            case Part.PdvHeader:
                region = ByteRegion.PdvHeader;
                return Fill(bytes, PdvHeaderSize, OnPdvHeader);
            case Part.Control:
                region = ByteRegion.Control;
                return Pass(bytes.Length, ref _pduLeft);
            case Part.Command:
                int known = _command.Next(bytes[..(int)Math.Min(bytes.Length, _pdvLeft)], out bool isStatus);
                region = isStatus ? ByteRegion.Status : ByteRegion.Command;
                return Pass(known, ref _pdvLeft);
            case Part.DataSet:
                region = ByteRegion.DataSet;
                return Pass(bytes.Length, ref _pdvLeft);
            default:
                region = ByteRegion.Opaque;
                return bytes.Length;
        }
    }

    private int Fill(ReadOnlySpan<byte> bytes, int size, Action whole)
    {
        int count = Math.Min(size - _filled, bytes.Length);
        bytes[..count].CopyTo(_header.AsSpan(_filled));
        _filled += count;
        if (_filled == size)
        {
            _filled = 0;
            whole();
        }
        return count;
    }

    private void OnPduHeader()
    {
        uint length = BinaryPrimitives.ReadUInt32BigEndian(_header.AsSpan(2));
        if (_header[0] is < FirstType or > LastType || length > LongestPdu)
        {
            _part = Part.Lost;
            return;
        }
        _pduLeft = length;
        _part = length == 0 ? Part.PduHeader : _header[0] == DataType ? Part.PdvHeader : Part.Control;
    }

    private void OnPdvHeader()
    {
        uint length = BinaryPrimitives.ReadUInt32BigEndian(_header);
        _pduLeft -= PdvHeaderSize;
        _pdvLeft = (long)length - 2;
        if (_pdvLeft < 0 || _pdvLeft > _pduLeft)
        {
            _part = Part.Lost;
            return;
        }
        _pduLeft -= _pdvLeft;
        bool isCommand = (_header[5] & 1) != 0;
        _part = isCommand ? Part.Command : Part.DataSet;
        if (isCommand && (_header[5] & 2) != 0)
            _command.EndsWith(_pdvLeft);
        if (_pdvLeft == 0)
            Follow();
    }

    private int Pass(int available, ref long left)
    {
        int count = (int)Math.Min(available, left);
        left -= count;
        if (left == 0)
            Follow();
        return count;
    }

    private void Follow() => _part = _pduLeft > 0 ? Part.PdvHeader : Part.PduHeader;
}
