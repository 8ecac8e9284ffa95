using System.Text.Json;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Json;

/// <summary>
/// Cuts the JSON text of an array into its objects as bytes come in. What was looked at is not looked at again, but for a token that has
/// not ended; the buffer grows with the object in it, up to a limit.
/// </summary>
internal sealed class JsonFraming
{
    // A longer token is looked at again only after it doubled, lest a value of many megabytes be searched with every packet.
    private const int LongToken = 64 << 10;

    private readonly int _maxObject;
    private byte[] _buffer;
    private JsonReaderState _state = new(DicomJsonReader.ReaderOptions);
    private int _end;
    private int _scanned;
    private int _scanAt;
    private int _objectStart = -1;
    private int _objectDepth = -1;
    private long _before;
    private bool _isFinal;
    private bool _started;

    internal JsonFraming(int firstBuffer, int maxObject)
    {
        _buffer = new byte[Math.Max(16, Math.Min(firstBuffer, maxObject))];
        _maxObject = maxObject;
    }

    internal static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>True when all was taken and nothing more can come.</summary>
    internal bool IsEnded { get; private set; }

    /// <summary>Room for the next bytes; what was taken before is no longer valid.</summary>
    /// <exception cref="DicomDataException">An object is longer than the limit.</exception>
    internal Memory<byte> Space()
    {
        int keep = _objectStart >= 0 ? _objectStart : _scanned;
        if (keep > 0)
        {
            _buffer.AsSpan(keep, _end - keep).CopyTo(_buffer);
            _before += keep;
            _end -= keep;
            _scanned -= keep;
            _scanAt -= keep;
            if (_objectStart >= 0) _objectStart = 0;
        }

        if (_end < _buffer.Length) return _buffer.AsMemory(_end);
        if (_buffer.Length >= _maxObject)
            throw new DicomDataException($"A data set has more than the {_maxObject} bytes of JSON allowed (offset {_before}).", _before);
        Array.Resize(ref _buffer, (int)Math.Min(_buffer.Length * 2L, _maxObject));
        return _buffer.AsMemory(_end);
    }

    /// <summary>So many bytes were put into <see cref="Space"/>; none means the end.</summary>
    internal void Filled(int count)
    {
        _end += count;
        _isFinal = count == 0;
    }

    /// <summary>The next object, whole.</summary>
    /// <returns>False if more bytes are needed, or if there are no more: see <see cref="IsEnded"/>.</returns>
    /// <exception cref="DicomDataException">The text is no JSON, or not an array of objects.</exception>
    internal bool TryTake(out ReadOnlyMemory<byte> value)
    {
        value = default;
        if (!_isFinal && (_end < _scanAt || !SkipByteOrderMark())) return false;
        if (_isFinal && !_started && _buffer.AsSpan(_scanned, _end - _scanned).Trim(" \t\r\n"u8).IsEmpty) IsEnded = true;
        if (IsEnded) return false;

        var reader = new Utf8JsonReader(_buffer.AsSpan(_scanned, _end - _scanned), _isFinal, _state);
        int from = _scanned;
        bool found = false;
        try
        {
            while (!found && reader.Read()) found = Follow(ref reader, from, ref value);
        }
        catch (JsonException e)
        {
            throw DicomJsonReader.Malformed(e, _before + from + reader.BytesConsumed);
        }

        _scanned = from + (int)reader.BytesConsumed;
        _state = reader.CurrentState;
        int pending = _end - _scanned;

        // A buffer that can no longer grow is looked at when it is full: the object may end in it.
        _scanAt = !found && pending > LongToken ? (int)Math.Min((long)_end + pending, _maxObject) : 0;
        if (!found && _isFinal) IsEnded = true;
        return found;
    }

    private bool Follow(ref Utf8JsonReader reader, int from, ref ReadOnlyMemory<byte> value)
    {
        if (_objectStart >= 0)
        {
            if (reader.TokenType != JsonTokenType.EndObject || reader.CurrentDepth != _objectDepth) return false;
            value = _buffer.AsMemory(_objectStart, from + (int)reader.BytesConsumed - _objectStart);
            _objectStart = -1;
            return true;
        }

        bool isFirst = !_started;
        _started = true;
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            _objectStart = from + (int)reader.TokenStartIndex;
            _objectDepth = reader.CurrentDepth;
        }
        else if (reader.TokenType != JsonTokenType.EndArray && !(isFirst && reader.TokenType == JsonTokenType.StartArray))
        {
            long at = _before + from + reader.TokenStartIndex;
            throw new DicomDataException($"The JSON is no array of data sets (offset {at}).", at);
        }

        return false;
    }

    private bool SkipByteOrderMark()
    {
        if (_started || _before > 0 || _scanned > 0) return true;
        if (_end < ByteOrderMark.Length) return false;
        if (_buffer.AsSpan(0, _end).StartsWith(ByteOrderMark)) _scanned = ByteOrderMark.Length;
        return true;
    }
}
