namespace PacsTools.Dicom.Network;

/// <summary>
/// The connections of a listener, up to a limit. Where there are too many, the one goes that has waited longest without asking for an association: a
/// crowd of the silent keeps nobody out who speaks.
/// </summary>
internal sealed class ConnectionRoom(int maximum)
{
    private readonly object _gate = new();
    private readonly LinkedList<ConnectionPlace> _silent = [];
    private int _count;

    /// <summary>Takes a place for a new connection; null if there is none, and nobody who could make room.</summary>
    public ConnectionPlace? TryEnter(ByteTransport transport)
    {
        var place = new ConnectionPlace(transport);
        ConnectionPlace? leaving = null;
        lock (_gate)
        {
            if (_count >= maximum)
            {
                // Those that were let go have not all gone yet.
                if (_silent.First is not { } oldest || _count >= 2 * maximum)
                {
                    return null;
                }

                _silent.Remove(oldest);
                leaving = oldest.Value;
                leaving.WasLetGo = true;
            }

            _count++;
            _silent.AddLast(place.Node);
        }

        leaving?.Transport.ShutdownBoth();
        return place;
    }

    /// <summary>The connection has asked for an association: from now on the limit on those is what counts.</summary>
    public void NoteAsked(ConnectionPlace place)
    {
        lock (_gate)
        {
            Remove(place);
        }
    }

    /// <summary>The connection is gone.</summary>
    public void Leave(ConnectionPlace place)
    {
        lock (_gate)
        {
            Remove(place);
            _count--;
        }
    }

    private void Remove(ConnectionPlace place)
    {
        if (place.Node.List is not null)
        {
            _silent.Remove(place.Node);
        }
    }
}
