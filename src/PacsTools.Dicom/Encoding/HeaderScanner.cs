using PacsTools.Dicom.Data;

namespace PacsTools.Dicom.Encoding;

/// <summary>
/// Reads a few top-level values of a data set while its bytes pass by, in pieces of any size, and keeps nothing else. Behind them it only steps
/// from element to element, to tell whether the data set has come to its end. It never throws on what it is given: what cannot be decoded is
/// <see cref="Failed"/>.
/// </summary>
public sealed class HeaderScanner
{
    /// <summary>Bytes of the data set (if it is deflated, inflated ones and deflated ones each) that are looked at; what is wanted stands well before.</summary>
    public const int MaxBytes = 1 << 20;

    // No value that is wanted as text is longer, and who sends it must not make us keep it.
    private const int MaxValueLength = 64 << 10;

    // Enough to pass for the length of a value, where what is said to be a VR is none.
    private const long MinRoom = 64 << 10;

    private readonly HashSet<DicomTag> _wanted;
    private readonly DicomTag _highest;
    private readonly PushInflater? _inflater;
    private readonly OpenContainers _containers = new();
    private readonly DicomDataset _found = new();
    private readonly byte[] _header = new byte[ElementHeader.MaxSize];
    private ElementForm _form;
    private ElementHeader _current;
    private byte[]? _value;
    private long _looked;
    private long _fed;
    private long _skip;
    private int _headerFill;
    private int _valueFill;
    private bool _formIsKnown;
    private bool _isInOrder = true;
    private bool _isLost;
    private DicomTag _last;

    /// <summary>Starts with nothing seen.</summary>
    /// <param name="syntax">The transfer syntax of the data set to come.</param>
    /// <param name="wantedTopLevelTags">Tags whose values are kept; (0008,0005) always is.</param>
    public HeaderScanner(TransferSyntax syntax, IEnumerable<DicomTag> wantedTopLevelTags)
    {
        ArgumentNullException.ThrowIfNull(syntax);
        _wanted = [.. wantedTopLevelTags, DicomTags.SpecificCharacterSet];
        _highest = _wanted.Max();
        _form = ElementForm.Of(syntax);
        _inflater = syntax.IsDeflated ? new PushInflater() : null;
    }

    /// <summary>True once nothing more can be learnt: see <see cref="Advance"/>.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>True if the bytes were no data set; what was read before that still counts.</summary>
    public bool Failed { get; private set; }

    /// <summary>
    /// True if the data set cannot end with the bytes seen so far: within an element, or within a sequence. False also where that cannot be told: the bytes
    /// are deflated, or no data set that can be followed by its lengths.
    /// </summary>
    public bool IsBrokenOff => _inflater is null && _formIsKnown && _isInOrder && !_isLost
        && (_skip > 0 || _value is not null || !_containers.IsEmpty || _header.AsSpan(0, _headerFill).ContainsAnyExcept((byte)0));

    /// <summary>Looks at the next bytes of the data set. May be told the rest of them when it is finished, for <see cref="IsBrokenOff"/>.</summary>
    /// <returns>
    /// True when finished: the highest wanted tag is passed, pixel data reached, the bytes cannot be decoded, or
    /// <see cref="MaxBytes"/> were looked at. False asks for more bytes.
    /// </returns>
    public bool Advance(ReadOnlySpan<byte> next)
    {
        if (_inflater is null)
        {
            Scan(next);
        }
        else if (!IsFinished)
        {
            ScanInflated(next);
            if (IsFinished) _inflater.Dispose();
        }

        return IsFinished;
    }

    /// <summary>The first value of a wanted tag as text, as <see cref="DicomDataset.GetString(DicomTag)"/>; null if not (yet) seen.</summary>
    public string? GetString(DicomTag tag) => _found.GetString(tag);

    private void ScanInflated(ReadOnlySpan<byte> next)
    {
        Span<byte> piece = stackalloc byte[4096];
        try
        {
            _inflater!.Feed(next);
            _fed += next.Length;
            while (!IsFinished)
            {
                int count = _inflater.Read(piece);
                if (count > 0)
                {
                    Scan(piece[..count]);
                    continue;
                }

                // Deflate has blocks that inflate to nothing, so what is looked at alone would be no bound.
                IsFinished = _inflater.IsBehindEnd || _fed >= MaxBytes;
                return;
            }
        }
        catch (Exception e) when (Inflation.IsBroken(e))
        {
            Fail();
        }
    }

    private void Scan(ReadOnlySpan<byte> next)
    {
        while (!next.IsEmpty && !_isLost)
        {
            int used = _skip > 0 ? Skip(next) : _value is not null ? Collect(next) : ReadHeader(next);
            _looked += used;
            next = next[used..];
            if (_looked + _skip >= MaxBytes) IsFinished = true;
        }
    }

    private int Skip(ReadOnlySpan<byte> next)
    {
        int count = (int)Math.Min(_skip, next.Length);
        _skip -= count;
        return count;
    }

    private int Collect(ReadOnlySpan<byte> next)
    {
        int count = Math.Min(_value!.Length - _valueFill, next.Length);
        next[..count].CopyTo(_value.AsSpan(_valueFill));
        _valueFill += count;
        if (_valueFill == _value.Length) Keep();
        return count;
    }

    // Bytes of a header may come in several pieces; it is never longer than the 12 kept here.
    private int ReadHeader(ReadOnlySpan<byte> next)
    {
        int before = _headerFill;
        int count = Math.Min(ElementHeader.MaxSize - before, next.Length);
        next[..count].CopyTo(_header.AsSpan(before));
        _headerFill += count;
        ReadOnlySpan<byte> bytes = _header.AsSpan(0, _headerFill);
        if (!_formIsKnown)
        {
            if (_headerFill == ElementHeader.MaxSize) LearnForm(count);
            return count;
        }

        if (!ElementHeader.TryRead(bytes, _containers.IsEmpty ? _form : _containers.Form, Math.Max(MaxBytes - _looked, MinRoom), out _current)) return count;
        _headerFill = 0;
        Open();
        return _current.Size - before;
    }

    // The form is told from the first 12 bytes, however they are cut, so that the pieces never change what is read.
    private void LearnForm(int last)
    {
        Span<byte> first = stackalloc byte[ElementHeader.MaxSize];
        _header.CopyTo(first);
        _form = FormSniffer.Detect(first, _form, uint.MaxValue);
        _formIsKnown = true;
        _headerFill = 0;

        // They are looked at once more; of the last piece of them whoever asked takes note itself.
        _looked -= first.Length - last;
        Scan(first);
        _looked -= last;
    }

    private void Open()
    {
        if (!_containers.IsEmpty)
        {
            if (!_containers.TryFollow(_current, out _skip)) Fail();
            return;
        }

        DicomTag tag = _current.Tag;
        // PS3.5 7.1: elements stand in the order of their tags. What does not is no longer followed with any certainty.
        _isInOrder &= tag > _last && _current.Form == _form;
        _last = tag;
        if (tag > _highest || PixelDataTags.Contains(tag)) IsFinished = true;
        if (_current.IsUndefinedLength) _containers.OpenSequence(_current);
        else if (!IsFinished && _current.Length is > 0 and <= MaxValueLength && _wanted.Contains(tag)) _value = new byte[_current.Length];
        else Pass(tag);
    }

    private void Pass(DicomTag tag)
    {
        _skip = _current.Length;
        if (tag == _highest) IsFinished = true;
    }

    private void Keep()
    {
        DicomVR vr = _current.Form.IsExplicit ? _current.VR : DictionaryVR.ForKnown(_current.Tag);
        if (_current.Form.IsBigEndian) ByteOrder.Swap(_value, vr.UnitSize());
        if (!IsFinished) _found.TryAdd(new DicomElement(_current.Tag, vr, _value));
        _value = null;
        _valueFill = 0;
        if (_current.Tag == _highest) IsFinished = true;
    }

    private void Fail()
    {
        Failed |= !IsFinished;
        IsFinished = true;
        _isLost = true;
    }
}
