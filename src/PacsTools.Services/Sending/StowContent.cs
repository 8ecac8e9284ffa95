using System.Net;
using System.Net.Http.Headers;
using System.Text;
using PacsTools.Dicom.Files;
using PacsTools.Services.Web;

namespace PacsTools.Services.Sending;

/// <summary>The body of one STOW-RS request: files as they lie on disk, one part each, read while they are sent. Its length is known beforehand, since not every server takes chunks.</summary>
internal sealed class StowContent : HttpContent
{
    private const int BufferSize = 256 << 10;

    // Where a data set begins in a file with preamble and prefix, at the least (PS3.10 7.1).
    private const int Part10Start = 132;

    private readonly string _boundary = Guid.NewGuid().ToString("N");
    private readonly IReadOnlyList<Part> _parts;
    private readonly WebPatience _patience;
    private readonly RateLimit? _rate;

    /// <exception cref="StowFileException">A file is gone.</exception>
    public StowContent(IReadOnlyList<OutgoingFile> files, WebPatience patience, RateLimit? rate)
    {
        _rate = rate;
        _patience = patience;
        _parts = [.. files.Select(f => new Part(f.Path, Head(f), LengthOf(f)))];
        Headers.ContentType = MediaTypeHeaderValue.Parse($"multipart/related; type=\"application/dicom\"; boundary={_boundary}");
    }

    private byte[] Delimiter => Encoding.ASCII.GetBytes($"--{_boundary}\r\nContent-Type: application/dicom\r\n\r\n");

    private byte[] End => Encoding.ASCII.GetBytes($"--{_boundary}--\r\n");

    protected override bool TryComputeLength(out long length)
    {
        length = End.Length;
        foreach (var part in _parts)
            length += Delimiter.Length + part.Head.Length + part.Length + 2;
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        foreach (var part in _parts)
        {
            await stream.WriteAsync(Delimiter, cancellationToken).ConfigureAwait(false);
            await stream.WriteAsync(part.Head, cancellationToken).ConfigureAwait(false);
            using var file = OpenFile(part.Path);
            for (var left = part.Length; left > 0;)
            {
                var read = await ReadAsync(file, part.Path, buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancellationToken).ConfigureAwait(false);
                await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                left -= read;
                // While we hold back ourselves nobody is waited for.
                _patience.End();
                if (_rate?.Take(read) is { } wait && wait > TimeSpan.Zero)
                    await Task.Delay(wait, cancellationToken).ConfigureAwait(false);
                _patience.Begin();
            }

            await stream.WriteAsync("\r\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        }

        await stream.WriteAsync(End, cancellationToken).ConfigureAwait(false);
    }

    private static long LengthOf(OutgoingFile file)
    {
        try
        {
            return file.ReadLength();
        }
        catch (SendException e)
        {
            throw new StowFileException(file.Path, e);
        }
    }

    private static FileStream OpenFile(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StowFileException(path, OutgoingFile.Unreadable(path, e));
        }
    }

    private static async ValueTask<int> ReadAsync(FileStream file, string path, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            var read = await file.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            return read > 0 ? read : throw new EndOfStreamException("the file became shorter while it was sent");
        }
        catch (IOException e)
        {
            throw new StowFileException(path, OutgoingFile.Unreadable(path, e));
        }
    }

    // A bare data set has to say what it is; a file with a head says so itself.
    private static byte[] Head(OutgoingFile file) => file.DatasetOffset > Part10Start ? [] : new FileMetaInformation
    {
        MediaStorageSOPClassUID = file.SOPClassUID,
        MediaStorageSOPInstanceUID = file.SOPInstanceUID,
        TransferSyntaxUID = file.Syntax.UID,
    }.Encode();

    private sealed record Part(string Path, byte[] Head, long Length);
}
