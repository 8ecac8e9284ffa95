using System.Buffers;
using System.Text;

namespace PacsTools.Services.Web;

/// <summary>
/// Reads a multipart body (RFC 2046 5.1) in bounded memory: bytes of a part are handed out from the one buffer they were received in. A part ends where its
/// delimiter stands and nowhere else, so that an answer that breaks off never passes for a whole one.
/// </summary>
internal sealed class MultipartReader : IPartReader
{
    private const int BufferSize = 256 << 10;
    private const int MaxPreamble = 64 << 10;
    private const int MaxHeaders = 16 << 10;
    private const int MaxBoundary = 256;

    private readonly Stream _stream;
    private readonly Uri _server;
    private readonly byte[] _delimiter;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    private int _start;
    private int _end;
    private bool _begun;
    private bool _inPart;
    private bool _over;

    /// <exception cref="DicomWebException">The boundary is none.</exception>
    public MultipartReader(Stream stream, string? boundary, Uri server)
    {
        _stream = stream;
        _server = server;
        if (boundary is not { Length: > 0 and <= MaxBoundary } || !Ascii.IsValid(boundary))
            throw DicomWebErrors.BadResponse(server, "answered with a multipart body without a boundary");
        _delimiter = Encoding.ASCII.GetBytes("\r\n--" + boundary);
        // The first delimiter may stand at the very beginning, without the line end that belongs to it.
        _buffer[0] = (byte)'\r';
        _buffer[1] = (byte)'\n';
        _end = 2;
    }

    public async ValueTask<WebMediaType?> NextAsync()
    {
        if (_over)
            return null;
        await SkipAsync().ConfigureAwait(false);
        while (_end - _start < 2)
            await FillAsync().ConfigureAwait(false);
        if (_buffer.AsSpan(_start, 2).SequenceEqual("--"u8))
        {
            _over = true;
            await EndAsync().ConfigureAwait(false);
            return null;
        }

        if ((await LineAsync(MaxBoundary).ConfigureAwait(false)).Trim().Length > 0)
            throw DicomWebErrors.BadResponse(_server, "answered with a multipart body whose boundary is a part of what it divides");
        var type = "";
        for (var left = MaxHeaders; await LineAsync(left).ConfigureAwait(false) is { Length: > 0 } line; left -= line.Length)
            type = Header(line, type);
        _inPart = true;
        return WebMediaType.Parse(type);
    }

    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync()
    {
        while (_inPart)
        {
            var at = _buffer.AsSpan(_start, _end - _start).IndexOf(_delimiter);
            if (at == 0)
            {
                _start += _delimiter.Length;
                _inPart = false;
                break;
            }

            // Without one, the last bytes may be its beginning.
            var length = at > 0 ? at : _end - _start - (_delimiter.Length - 1);
            if (length > 0)
            {
                var piece = _buffer.AsMemory(_start, length);
                _start += length;
                return piece;
            }

            await FillAsync().ConfigureAwait(false);
        }

        return default;
    }

    public void Dispose()
    {
        var buffer = Interlocked.Exchange(ref _buffer, []);
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
    }

    private async ValueTask SkipAsync()
    {
        var isPreamble = !_begun;
        _inPart |= isPreamble;
        _begun = true;
        for (var skipped = 0; await ReadAsync().ConfigureAwait(false) is { IsEmpty: false } piece;)
        {
            skipped += piece.Length;
            if (isPreamble && skipped > MaxPreamble)
                throw DicomWebErrors.BadResponse(_server, "answered with a multipart body in which its boundary does not occur");
        }
    }

    private string Header(string line, string type)
    {
        var colon = line.IndexOf(':');
        if (colon < 0)
            return type;
        var name = line.AsSpan(0, colon).Trim();
        var value = line[(colon + 1)..].Trim();
        if (name.Equals("Content-Transfer-Encoding", StringComparison.OrdinalIgnoreCase) && value.ToLowerInvariant() is not ("binary" or "8bit" or "7bit"))
            throw DicomWebErrors.BadResponse(_server, $"answered with a part in the transfer encoding '{value}'");
        return name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase) ? value : type;
    }

    private async ValueTask<string> LineAsync(int most)
    {
        while (true)
        {
            var at = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if ((at < 0 ? _end - _start : at) > most)
                throw DicomWebErrors.BadResponse(_server, "answered with a part whose headers are beyond all bounds");
            if (at >= 0)
            {
                var line = Encoding.Latin1.GetString(_buffer, _start, at).TrimEnd('\r');
                _start += at + 1;
                return line;
            }

            await FillAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask FillAsync()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        var read = await _stream.ReadAsync(_buffer.AsMemory(_end)).ConfigureAwait(false);
        if (read == 0)
            throw DicomWebErrors.BrokenOff(_server);
        _end += read;
    }

    // The end of the body has to be read for the connection to be used again; an epilogue that goes on is not worth it.
    private async ValueTask EndAsync()
    {
        for (var rounds = 0; rounds < 4; rounds++)
        {
            try
            {
                if (await _stream.ReadAsync(_buffer).ConfigureAwait(false) == 0)
                    return;
            }
            catch (Dicom.Errors.DicomException)
            {
                // Everything was here.
                return;
            }
        }
    }
}
