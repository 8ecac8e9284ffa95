namespace PacsTools.Dicom.Network;

/// <summary>One connection's place in a <see cref="ConnectionRoom"/>.</summary>
internal sealed class ConnectionPlace
{
    public ConnectionPlace(ByteTransport transport)
    {
        Transport = transport;
        Node = new LinkedListNode<ConnectionPlace>(this);
    }

    public ByteTransport Transport { get; }

    public LinkedListNode<ConnectionPlace> Node { get; }

    /// <summary>True if it had to make room for another.</summary>
    public bool WasLetGo { get; set; }
}
