using System.Text;

namespace PacsTools.Binding;

/// <summary>Puts lines together until they are a whole JSON text: every bracket that was opened is closed again, those in strings not counted.</summary>
internal sealed class JsonPieces
{
    private readonly StringBuilder _text = new();
    private int _depth;
    private bool _opened;
    private bool _inString;
    private bool _escaped;

    /// <summary>Adds a line.</summary>
    /// <returns>The text, if it is whole with it; what is malformed in it is for the reader to say.</returns>
    public string? Add(string line)
    {
        if (_text.Length > 0) _text.Append('\n');
        _text.Append(line);
        foreach (var c in line) Note(c);
        return _opened && _depth <= 0 ? Take() : null;
    }

    /// <summary>What is left at the end; null if that is nothing.</summary>
    public string? Rest() => string.IsNullOrWhiteSpace(_text.ToString()) ? null : Take();

    private void Note(char c)
    {
        if (_inString)
        {
            _inString = _escaped || c != '"';
            _escaped = !_escaped && c == '\\';
            return;
        }

        _inString = c == '"';
        if (c is '{' or '[')
        {
            _depth++;
            _opened = true;
        }
        else if (c is '}' or ']')
        {
            _depth--;
        }
    }

    private string Take()
    {
        var text = _text.ToString();
        _text.Clear();
        (_depth, _opened, _inString, _escaped) = (0, false, false, false);
        return text;
    }
}
