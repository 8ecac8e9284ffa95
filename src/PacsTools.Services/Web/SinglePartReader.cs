using System.Buffers;

namespace PacsTools.Services.Web;

/// <summary>Reads an answer that is one instance without a multipart around it, as some servers send for one.</summary>
internal sealed class SinglePartReader(Stream stream, WebMediaType type) : IPartReader
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(256 << 10);
    private bool _begun;

    public ValueTask<WebMediaType?> NextAsync()
    {
        var first = !_begun;
        _begun = true;
        return new(first ? type : null);
    }

    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync() => _buffer.AsMemory(0, await stream.ReadAsync(_buffer).ConfigureAwait(false));

    public void Dispose()
    {
        var buffer = Interlocked.Exchange(ref _buffer, []);
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
    }
}
