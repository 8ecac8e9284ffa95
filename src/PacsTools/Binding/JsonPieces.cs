using System.Buffers;
using System.Text;

namespace PacsTools.Binding;

/// <summary>
/// Puts lines, or pieces in UTF-8, together until they are a whole JSON text: every bracket that was opened is closed again, those in strings not counted. What
/// counts is ASCII, whose bytes are no part of any other character in UTF-8.
/// </summary>
internal sealed class JsonPieces
{
    private readonly ArrayBufferWriter<byte> _text = new();
    private int _depth;
    private bool _opened;
    private bool _inString;
    private bool _escaped;

    /// <summary>Adds a line.</summary>
    /// <returns>The text in UTF-8, if it is whole with it; what is malformed in it is for the reader to say.</returns>
    public byte[]? AddLine(string line)
    {
        if (_text.WrittenCount > 0) _text.Write("\n"u8);
        return Add(Encoding.UTF8.GetBytes(line));
    }

    /// <summary>Adds bytes as they come.</summary>
    /// <returns>The text in UTF-8, if it is whole with them.</returns>
    public byte[]? Add(ReadOnlySpan<byte> piece)
    {
        _text.Write(piece);
        foreach (var c in piece) Note(c);
        return _opened && _depth <= 0 ? Take() : null;
    }

    /// <summary>What is left at the end; null if that is nothing.</summary>
    public byte[]? Rest() => _text.WrittenSpan.ContainsAnyExcept(" \t\r\n"u8) ? Take() : null;

    private void Note(byte c)
    {
        if (_inString)
        {
            _inString = _escaped || c != '"';
            _escaped = !_escaped && c == '\\';
            return;
        }

        _inString = c == '"';
        if (c is (byte)'{' or (byte)'[')
        {
            _depth++;
            _opened = true;
        }
        else if (c is (byte)'}' or (byte)']')
        {
            _depth--;
        }
    }

    // A byte order mark is no part of JSON (RFC 8259 8.1), but files and services put it there.
    private byte[] Take()
    {
        var text = _text.WrittenSpan;
        var whole = (text.StartsWith("\uFEFF"u8) ? text[3..] : text).ToArray();
        _text.Clear();
        (_depth, _opened, _inString, _escaped) = (0, false, false, false);
        return whole;
    }
}
