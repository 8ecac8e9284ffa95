using System.Buffers;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;

namespace PacsTools.Services.Sending;

/// <summary>The data set of a file, open to be sent on a context: from disk as it is, or converted where it must be.</summary>
internal sealed class OutgoingDataset : IDisposable
{
    /// <summary>Up to this length a data set is read ahead, while the answer for the one before is awaited.</summary>
    private const int ReadAhead = 2 << 20;

    private byte[]? _rented;

    private OutgoingDataset(AcceptedContext context, Stream stream, long length, byte[]? rented = null)
    {
        Context = context;
        Stream = stream;
        Length = length;
        _rented = rented;
    }

    public AcceptedContext Context { get; }

    /// <summary>Stands at the first byte of the data set.</summary>
    public Stream Stream { get; }

    public long Length { get; }

    /// <exception cref="SendException">No context takes it, or it can be neither read nor converted.</exception>
    public static OutgoingDataset Open(OutgoingFile file, Association association)
    {
        var context = Choose(file, association);
        try
        {
            return context.TransferSyntax == file.Syntax.UID && !file.IsMisencoded ? AsItIs(file, context) : Written(file, context);
        }
        catch (DicomDataException e)
        {
            throw new SendException("Send.CannotConvert", $"{file.Path} cannot be written in {TransferSyntax.Get(context.TransferSyntax).Name}: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw OutgoingFile.Unreadable(file.Path, e);
        }
    }

    /// <summary>Ends the stream; what was read ahead is used for the next file.</summary>
    public void Dispose()
    {
        Stream.Dispose();
        if (Interlocked.Exchange(ref _rented, null) is { } rented)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static AcceptedContext Choose(OutgoingFile file, Association association)
    {
        AcceptedContext? native = null;
        foreach (var context in association.Contexts)
        {
            if (context.AbstractSyntax != file.SOPClassUID || !context.IsAccepted || !context.WeMayBeScu)
            {
                continue;
            }

            if (context.TransferSyntax == file.Syntax.UID)
            {
                return context;
            }

            if (OutgoingFile.CanBeConverted(TransferSyntax.Get(context.TransferSyntax)))
            {
                native ??= context;
            }
        }

        return file.IsNative && native is not null ? native : throw NotAccepted(file, association, native);
    }

    private static SendException NotAccepted(OutgoingFile file, Association association, AcceptedContext? native)
    {
        var what = UidRegistry.TryGet(file.SOPClassUID, out var entry) ? entry.Name : file.SOPClassUID;
        if (native is not null)
        {
            return new SendException("Send.NotAccepted", $"{association.Peer} takes {what} but not in {file.Syntax.Name}, and compressed pixel data is never converted.")
            {
                Advice = "Let the archive accept this transfer syntax, or decompress the file first.",
            };
        }

        try
        {
            association.GetContext(file.SOPClassUID, file.Syntax.UID);
        }
        catch (NoAcceptedContextException e)
        {
            return new SendException("Send.NotAccepted", $"{what} in {file.Syntax.Name}: {e.Message}", e)
            {
                Advice = "Check on the archive that it stores this SOP class for our calling AE title.",
            };
        }

        return new SendException("Send.NotAccepted", $"{association.Peer} does not take {what}.");
    }

    private static OutgoingDataset AsItIs(OutgoingFile file, AcceptedContext context)
    {
        var stream = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        try
        {
            var length = stream.Length - file.DatasetOffset;
            if (length <= 0)
            {
                throw new IOException("the file holds no data set");
            }

            stream.Position = file.DatasetOffset;

            // Fragments are even (PS3.8 E.2). PS3.5 A.5 ends an odd deflated data set with a NUL; elsewhere an element of odd length has to be padded.
            var odd = (length & 1) != 0;
            if (odd && !file.Syntax.IsDeflated)
            {
                stream.Dispose();
                return Written(file, context);
            }

            if (odd && length >= Array.MaxLength)
            {
                throw new IOException("its deflated data set is of odd length and too long to be padded");
            }

            if (length > ReadAhead && !odd)
            {
                return new OutgoingDataset(context, stream, length);
            }

            return ReadAll(stream, (int)length, odd, context);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static OutgoingDataset ReadAll(FileStream stream, int length, bool odd, AcceptedContext context)
    {
        // Rented: a new array for each would be as much garbage as is sent.
        var rented = ArrayPool<byte>.Shared.Rent(length + 1);
        try
        {
            stream.ReadExactly(rented, 0, length);
            rented[length] = 0;
            stream.Dispose();
            var padded = length + (odd ? 1 : 0);
            return new OutgoingDataset(context, new MemoryStream(rented, 0, padded, writable: false), padded, rented);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(rented);
            throw;
        }
    }

    private static OutgoingDataset Written(OutgoingFile file, AcceptedContext context)
    {
        var stream = ConvertedDataset.Open(file, TransferSyntax.Get(context.TransferSyntax));
        return new OutgoingDataset(context, stream, stream.Length);
    }
}
