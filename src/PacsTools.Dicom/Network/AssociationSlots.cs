using System.Net;

namespace PacsTools.Dicom.Network;

/// <summary>
/// Counts the associations of a listener, in all and by the address they come from. A connection counts from its A-ASSOCIATE-RQ on: one that asks
/// for nothing, or was rejected and has not yet closed, takes nobody's place.
/// </summary>
internal sealed class AssociationSlots(int maximum, int maximumPerPeer)
{
    private readonly object _gate = new();
    private readonly Dictionary<IPAddress, int> _byPeer = [];
    private int _taken;

    public int Taken => Volatile.Read(ref _taken);

    /// <summary>Takes a place; false if there is none, for anybody or for this peer.</summary>
    public bool TryTake(EndPoint? peer)
    {
        lock (_gate)
        {
            if (_taken >= maximum)
            {
                return false;
            }

            if (AddressOf(peer) is { } address)
            {
                var held = _byPeer.GetValueOrDefault(address);
                if (maximumPerPeer > 0 && held >= maximumPerPeer)
                {
                    return false;
                }

                _byPeer[address] = held + 1;
            }

            _taken++;
            return true;
        }
    }

    /// <summary>Gives a place back.</summary>
    public void Return(EndPoint? peer)
    {
        lock (_gate)
        {
            _taken--;
            if (AddressOf(peer) is { } address && --_byPeer[address] == 0)
            {
                _byPeer.Remove(address);
            }
        }
    }

    private static IPAddress? AddressOf(EndPoint? peer) =>
        (peer as IPEndPoint)?.Address is { } address ? address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address : null;
}
