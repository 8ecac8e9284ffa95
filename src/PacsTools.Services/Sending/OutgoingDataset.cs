using Microsoft.Win32.SafeHandles;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;

namespace PacsTools.Services.Sending;

/// <summary>The data set of a file, open to be sent on a context: from disk as it is, or converted where it must be.</summary>
internal sealed class OutgoingDataset : IDisposable
{
    /// <summary>Up to this length a data set is read ahead, while the answer for the one before is awaited.</summary>
    private const int ReadAhead = 2 << 20;

    private readonly Stream? _stream;
    private readonly FragmentedDataset? _ahead;

    private OutgoingDataset(AcceptedContext context, Stream stream, long length)
    {
        Context = context;
        Length = length;
        _stream = stream;
    }

    private OutgoingDataset(FragmentedDataset ahead)
    {
        Context = ahead.Context;
        Length = ahead.Length;
        _ahead = ahead;
    }

    public AcceptedContext Context { get; }

    public long Length { get; }

    /// <param name="file">The file.</param>
    /// <param name="association">Where it will be sent.</param>
    /// <param name="readsAhead">False if it is to leave as slowly as it is read.</param>
    /// <exception cref="SendException">No context takes it, or it can be neither read nor converted.</exception>
    public static OutgoingDataset Open(OutgoingFile file, Association association, bool readsAhead)
    {
        var context = Choose(file, association);
        try
        {
            return context.TransferSyntax == file.Syntax.UID && !file.IsMisencoded ? AsItIs(file, context, association, readsAhead) : Written(file, context);
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

    /// <summary>Sends it, once.</summary>
    /// <param name="association">The one it was opened for.</param>
    /// <param name="command">The command set.</param>
    /// <param name="paced">Slows the stream down where that is asked for.</param>
    public void SendOn(Association association, CommandSet command, Func<Stream, Stream> paced)
    {
        if (_ahead is not null)
        {
            association.Send(command, _ahead);
        }
        else
        {
            association.Send(Context, command, paced(_stream!), Length);
        }
    }

    /// <summary>Ends the stream; what was read ahead is used for the next file.</summary>
    public void Dispose()
    {
        _stream?.Dispose();
        _ahead?.Dispose();
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

    private static OutgoingDataset AsItIs(OutgoingFile file, AcceptedContext context, Association association, bool readsAhead)
    {
        if (readsAhead && file.Content is { } content && ((content.Length - file.DatasetOffset) & 1) == 0 && content.Length > file.DatasetOffset)
        {
            return new OutgoingDataset(FragmentedDataset.Of(content.AsSpan((int)file.DatasetOffset), context, association.PeerMaxPduLength));
        }

        var handle = File.OpenHandle(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        try
        {
            var length = RandomAccess.GetLength(handle) - file.DatasetOffset;
            if (length <= 0)
            {
                throw new IOException("the file holds no data set");
            }

            // Fragments are even (PS3.8 E.2). PS3.5 A.5 ends an odd deflated data set with a NUL; elsewhere an element of odd length has to be padded.
            if ((length & 1) != 0)
            {
                using (handle)
                {
                    return file.Syntax.IsDeflated ? Padded(handle, file.DatasetOffset, length, context) : Written(file, context);
                }
            }

            if (length <= ReadAhead && readsAhead)
            {
                using (handle)
                {
                    return new OutgoingDataset(FragmentedDataset.Read(handle, file.DatasetOffset, (int)length, context, association.PeerMaxPduLength));
                }
            }

            return new OutgoingDataset(context, new FileStream(handle, FileAccess.Read, bufferSize: 0) { Position = file.DatasetOffset }, length);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private static OutgoingDataset Padded(SafeFileHandle file, long offset, long length, AcceptedContext context)
    {
        if (length >= Array.MaxLength)
        {
            throw new IOException("its deflated data set is of odd length and too long to be padded");
        }

        var bytes = new byte[length + 1];
        using var stream = new FileStream(file, FileAccess.Read, bufferSize: 0) { Position = offset };
        stream.ReadExactly(bytes, 0, (int)length);
        return new OutgoingDataset(context, new MemoryStream(bytes, writable: false), bytes.Length);
    }

    private static OutgoingDataset Written(OutgoingFile file, AcceptedContext context)
    {
        var stream = ConvertedDataset.Open(file, TransferSyntax.Get(context.TransferSyntax));
        return new OutgoingDataset(context, stream, stream.Length);
    }
}
