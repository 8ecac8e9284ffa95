using System.Buffers.Binary;

namespace PacsTools.TestKit.Faults;

/// <summary>Finds the value of Status (0000,0900) in command sets as they pass: implicit VR little endian, no sequences (PS3.7 6.3.1).</summary>
internal sealed class CommandTracker
{
    private const int HeaderSize = 8;
    private const uint Status = 0x0900_0000;
    private readonly byte[] _header = new byte[HeaderSize];
    private int _filled;
    private long _valueLeft;
    private long _commandLeft = long.MaxValue;
    private bool _isStatus;

    /// <summary>The command set ends after so many bytes.</summary>
    public void EndsWith(long left) => _commandLeft = left;

    /// <returns>How many of the bytes, at least one, are of the same kind.</returns>
    public int Next(ReadOnlySpan<byte> bytes, out bool isStatus)
    {
        isStatus = _isStatus && _valueLeft > 0;
        int count;
        if (_valueLeft > 0)
        {
            count = (int)Math.Min(_valueLeft, bytes.Length);
            _valueLeft -= count;
        }
        else
        {
            count = Math.Min(HeaderSize - _filled, bytes.Length);
            bytes[..count].CopyTo(_header.AsSpan(_filled));
            _filled += count;
            if (_filled == HeaderSize)
            {
                _filled = 0;
                // Group, then element, each little endian.
                _isStatus = BinaryPrimitives.ReadUInt32LittleEndian(_header) == Status;
                _valueLeft = BinaryPrimitives.ReadUInt32LittleEndian(_header.AsSpan(4));
            }
        }
        if (_commandLeft != long.MaxValue && (_commandLeft -= count) <= 0)
        {
            _filled = 0;
            _valueLeft = 0;
            _commandLeft = long.MaxValue;
        }
        return count;
    }
}
