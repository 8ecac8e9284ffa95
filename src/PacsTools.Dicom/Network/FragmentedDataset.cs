using System.Buffers;
using Microsoft.Win32.SafeHandles;
using PacsTools.Dicom.Pdus;

namespace PacsTools.Dicom.Network;

/// <summary>
/// A data set read from a file straight into the P-DATA-TF PDUs that will carry it (PS3.8 9.3.5, Annex E), with room in front for a command set. All of a
/// message then leaves as it lies in memory: what takes time is done before the peer waits for it. It fits the one context and peer it was read for.
/// </summary>
public sealed class FragmentedDataset : IDisposable
{
    // Commands are a few hundred bytes; a longer one leaves in a write of its own.
    private const int HeadRoom = 1024;

    private readonly int _end;
    private byte[]? _rented;

    private FragmentedDataset(AcceptedContext context, byte[] rented, int end, int length)
    {
        Context = context;
        _rented = rented;
        _end = end;
        Length = length;
    }

    /// <summary>The presentation context it was cut for.</summary>
    public AcceptedContext Context { get; }

    /// <summary>Length of the data set in bytes, without what the PDUs add.</summary>
    public int Length { get; }

    /// <summary>Reads a data set.</summary>
    /// <param name="file">A file open for reading.</param>
    /// <param name="offset">Where in it the data set begins, in bytes.</param>
    /// <param name="length">Its length in bytes: even and not 0, since fragments are even (PS3.8 Annex E). All of it is held in memory.</param>
    /// <param name="context">The accepted context it will be sent on.</param>
    /// <param name="peerMaxPduLength">The longest P-DATA-TF body the peer takes, in bytes; 0 is unlimited (PS3.8 D.1).</param>
    /// <exception cref="IOException">It cannot be read, or the file ends before it.</exception>
    public static FragmentedDataset Read(SafeFileHandle file, long offset, int length, AcceptedContext context, uint peerMaxPduLength)
    {
        var dataset = Rent(length, context, peerMaxPduLength, out var pieces);
        try
        {
            if (RandomAccess.Read(file, pieces, offset) != length)
            {
                ReadEach(file, pieces, offset);
            }

            return dataset;
        }
        catch
        {
            dataset.Dispose();
            throw;
        }
    }

    /// <summary>Takes a data set from memory.</summary>
    /// <param name="bytes">The encoded data set: of even length and not empty.</param>
    /// <param name="context">The accepted context it will be sent on.</param>
    /// <param name="peerMaxPduLength">The longest P-DATA-TF body the peer takes, in bytes; 0 is unlimited (PS3.8 D.1).</param>
    public static FragmentedDataset Of(ReadOnlySpan<byte> bytes, AcceptedContext context, uint peerMaxPduLength)
    {
        var dataset = Rent(bytes.Length, context, peerMaxPduLength, out var pieces);
        foreach (var piece in pieces)
        {
            bytes[..piece.Length].CopyTo(piece.Span);
            bytes = bytes[piece.Length..];
        }

        return dataset;
    }

    /// <summary>Gives the memory back. It must not be sent after that.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _rented, null) is { } rented)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>The PDUs of the data set, behind those of a command where there is room for them.</summary>
    /// <param name="command">The PDUs of the command set.</param>
    /// <param name="isWhole">False if the command has to be written first, by itself.</param>
    internal ReadOnlySpan<byte> Behind(ReadOnlySpan<byte> command, out bool isWhole)
    {
        ObjectDisposedException.ThrowIf(_rented is null, this);
        isWhole = command.Length <= HeadRoom;
        var start = isWhole ? HeadRoom - command.Length : HeadRoom;
        if (isWhole)
        {
            command.CopyTo(_rented.AsSpan(start));
        }

        return _rented.AsSpan(start.._end);
    }

    private static FragmentedDataset Rent(int length, AcceptedContext context, uint peerMaxPduLength, out Memory<byte>[] pieces)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(length & 1, 0, nameof(length));
        var fragment = DimseFragmenter.MaxFragment(peerMaxPduLength);
        var end = checked((int)(HeadRoom + DimseFragmenter.PartLength(length, fragment)));
        var rented = ArrayPool<byte>.Shared.Rent(end);
        pieces = Lay(rented, context.Id, length, fragment);
        return new FragmentedDataset(context, rented, end, length);
    }

    // Headers first, and what is left between them is where the data set goes.
    private static Memory<byte>[] Lay(byte[] bytes, byte contextId, int length, int fragment)
    {
        var pieces = new Memory<byte>[(length + fragment - 1) / fragment];
        var at = HeadRoom;
        for (var i = 0; i < pieces.Length; i++)
        {
            var payload = Math.Min(fragment, length);
            length -= payload;
            at += PduWriter.WritePDataHeader(bytes.AsSpan(at), payload, contextId, isCommand: false, isLast: length == 0);
            pieces[i] = bytes.AsMemory(at, payload);
            at += payload;
        }

        return pieces;
    }

    private static void ReadEach(SafeFileHandle file, Memory<byte>[] pieces, long offset)
    {
        foreach (var piece in pieces)
        {
            for (var read = 0; read < piece.Length;)
            {
                var more = RandomAccess.Read(file, piece.Span[read..], offset);
                if (more == 0)
                {
                    throw new EndOfStreamException("the file ends before its data set does");
                }

                read += more;
                offset += more;
            }
        }
    }
}
