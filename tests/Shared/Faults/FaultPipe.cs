using System.Globalization;
using System.Net.Sockets;

namespace PacsTools.TestKit.Faults;

/// <summary>One direction of one connection: what comes from one socket goes to the other, as the script has it.</summary>
internal sealed class FaultPipe(Socket from, Socket to, IReadOnlyList<Fault> script, LinkKind kind, Action<string> note)
{
    private readonly PduTracker? _tracker = kind == LinkKind.Dicom ? new PduTracker() : null;
    private readonly long[] _seen = new long[Enum.GetValues<ByteRegion>().Length];
    private readonly List<Fault> _due = [.. script];
    private readonly byte[] _buffer = new byte[64 * 1024];
    private TrickleFault? _trickle;
    private int _pieces;
    private long _total;
    private volatile bool _isDead;
    private volatile bool _isHealed;

    /// <summary>True once nothing passes any more.</summary>
    public bool IsDead => _isDead;

    /// <summary>What has not struck yet never will.</summary>
    public void Heal() => _isHealed = true;

    /// <summary>Runs until there is nothing more to pass on.</summary>
    /// <returns>How the connection is to end; null if both directions may end by themselves.</returns>
    public async Task<CutKind?> RunAsync()
    {
        try
        {
            for (int read; (read = await from.ReceiveAsync(_buffer).ConfigureAwait(false)) > 0;)
            {
                if (!_isDead && await PassAsync(read).ConfigureAwait(false) is { } cut)
                    return cut;
            }
            to.Shutdown(SocketShutdown.Send);
            return null;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One side was reset, or writes to a side that has gone: the other is to know it.
            return CutKind.Reset;
        }
    }

    private async Task<CutKind?> PassAsync(int count)
    {
        if (_isHealed)
        {
            _due.Clear();
            _pieces = 0;
        }
        int start = 0, at = 0;
        while (at < count)
        {
            int run = _tracker?.Next(_buffer.AsSpan(at, count - at), out ByteRegion region) ?? Opaque(count - at, out region);
            while (run > 0)
            {
                (Fault? fault, int distance) = Nearest(region, run);
                Advance(region, distance);
                at += distance;
                run -= distance;
                if (fault is null)
                    continue;
                _due.Remove(fault);
                note(string.Create(CultureInfo.InvariantCulture, $"{fault} at byte {_total}"));
                if (fault is CorruptFault corrupt)
                {
                    _buffer[at] = Change(_buffer[at], corrupt.Mask, region);
                    continue;
                }
                await WriteAsync(_buffer.AsMemory(start, at - start)).ConfigureAwait(false);
                start = at;
                if (await StrikeAsync(fault).ConfigureAwait(false) is { } cut)
                    return cut;
                if (_isDead)
                    return null;
            }
        }
        await WriteAsync(_buffer.AsMemory(start, count - start)).ConfigureAwait(false);
        return null;
    }

    private static int Opaque(int count, out ByteRegion region)
    {
        region = ByteRegion.Opaque;
        return count;
    }

    private (Fault? Fault, int Distance) Nearest(ByteRegion region, int run)
    {
        Fault? nearest = null;
        long distance = run;
        foreach (Fault fault in _due)
        {
            long left = fault.Place.Region is null ? fault.Place.Index - _total
                : fault.Place.Region == region ? fault.Place.Index - _seen[(int)region]
                : long.MaxValue;
            if (left >= 0 && left < distance)
                (nearest, distance) = (fault, left);
        }
        return (nearest, (int)distance);
    }

    private void Advance(ByteRegion region, int count)
    {
        _seen[(int)region] += count;
        _total += count;
    }

    // A failure made a success is a lie of the peer, and beyond anybody's power to see: every success there is has 00 or Bx in its high byte or is told in the low one.
    private static byte Change(byte value, byte mask, ByteRegion region)
    {
        byte changed = (byte)(value ^ mask);
        return region != ByteRegion.Status || (changed != 0 && (changed & 0xF0) != 0xB0) ? changed : (byte)(value ^ (value == 0xA5 ? 0x5A : 0xA5));
    }

    private async Task<CutKind?> StrikeAsync(Fault fault)
    {
        switch (fault)
        {
            case DelayFault delay:
                await Task.Delay(delay.Milliseconds).ConfigureAwait(false);
                return null;
            case TrickleFault trickle:
                (_trickle, _pieces) = (trickle, trickle.Pieces);
                return null;
            case CutFault { Kind: CutKind.HalfClose }:
                to.Shutdown(SocketShutdown.Send);
                _isDead = true;
                return null;
            case CutFault { Kind: CutKind.Stall }:
                _isDead = true;
                return null;
            case CutFault cut:
                return cut.Kind;
            default:
                throw new InvalidOperationException($"{fault} is not known.");
        }
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int size = _pieces > 0 ? Math.Min(bytes.Length, _trickle!.Size) : bytes.Length;
            for (ReadOnlyMemory<byte> piece = bytes[..size]; !piece.IsEmpty;)
                piece = piece[await to.SendAsync(piece).ConfigureAwait(false)..];
            bytes = bytes[size..];
            if (_pieces > 0 && --_pieces > 0 && _trickle!.Milliseconds > 0)
                await Task.Delay(_trickle.Milliseconds).ConfigureAwait(false);
        }
    }
}
