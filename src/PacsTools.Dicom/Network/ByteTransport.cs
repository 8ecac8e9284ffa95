namespace PacsTools.Dicom.Network;

/// <summary>A blocking byte stream in both directions; the only thing in the engine that touches a socket.</summary>
internal abstract class ByteTransport : IDisposable
{
    /// <summary>Host, port and address family of the other side, for messages.</summary>
    public abstract System.Net.EndPoint? RemoteEndPoint { get; }

    /// <summary>Blocks until at least one byte is there; 0 means that the peer closed or that we shut down.</summary>
    public abstract int Read(Span<byte> buffer);

    /// <summary>Writes all of it before it returns.</summary>
    public abstract void Write(ReadOnlySpan<byte> bytes);

    /// <summary>True if a read would return at once: bytes, or the peer's close.</summary>
    public abstract bool CanReadNow { get; }

    /// <summary>Tells the peer that nothing more comes, and keeps reading possible.</summary>
    public abstract void ShutdownSend();

    /// <summary>Ends both directions from any thread, so that a blocked read or write returns.</summary>
    public abstract void ShutdownBoth();

    /// <inheritdoc/>
    public abstract void Dispose();
}
