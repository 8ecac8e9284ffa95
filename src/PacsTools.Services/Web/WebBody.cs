namespace PacsTools.Services.Web;

/// <summary>The body of an answer as it arrives. Read by one reader; what goes wrong comes out as the errors of this product.</summary>
internal sealed class WebBody(Stream inner, Uri server, WebPatience patience) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="Dicom.Errors.DicomException">The connection broke, or the server was silent for too long.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // The token of the request ends the reading too; nobody gives another.
        patience.Begin();
        try
        {
            return await inner.ReadAsync(buffer, patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e)
        {
            throw patience.Reason(e);
        }
        catch (Exception e) when (DicomWebErrors.IsOfHttp(e))
        {
            if (patience.Token.IsCancellationRequested)
                throw patience.Reason(new OperationCanceledException(e.Message, e));
            throw DicomWebErrors.Of(e, server);
        }
        finally
        {
            patience.End();
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
