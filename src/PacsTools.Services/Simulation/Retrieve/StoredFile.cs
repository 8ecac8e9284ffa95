using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;
using PacsTools.Services.Sending;

namespace PacsTools.Services.Simulation;

/// <summary>Opens the data set of a stored instance, to be sent byte by byte as it lies on disk, or in another native encoding where nothing else was accepted.</summary>
internal static class StoredFile
{
    /// <summary>The data set and a context that takes it. The other side may have accepted the class in another native transfer syntax than the one on disk, which every archive converts (PS3.5 10.1).</summary>
    /// <exception cref="DicomException">No context takes it, or it cannot be converted.</exception>
    /// <exception cref="IOException">The file is gone, or no data set that can be sent.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may no longer be read.</exception>
    public static (AcceptedContext Context, Stream Stream, long Length) OpenFor(Association association, StoredInstance instance)
    {
        var syntax = TransferSyntax.Get(instance.TransferSyntaxUid);
        if (!IsAccepted(instance.TransferSyntaxUid) && OutgoingFile.CanBeConverted(syntax)
            && association.Contexts.FirstOrDefault(c => Fits(c) && OutgoingFile.CanBeConverted(TransferSyntax.Get(c.TransferSyntax))) is { } native)
        {
            var file = new OutgoingFile(instance.Path, instance.SopClassUid, instance.SopInstanceUid, syntax, instance.DatasetOffset);
            var converted = ConvertedDataset.Open(file, TransferSyntax.Get(native.TransferSyntax));
            return (native, converted, converted.Length);
        }

        var context = association.GetContext(instance.SopClassUid, instance.TransferSyntaxUid);
        var (stream, length) = Open(instance);
        return (context, stream, length);

        bool Fits(AcceptedContext c) => c.AbstractSyntax == instance.SopClassUid && c.IsAccepted && c.WeMayBeScu;
        bool IsAccepted(string uid) => association.Contexts.Any(c => Fits(c) && c.TransferSyntax == uid);
    }

    /// <returns>A stream that stands at the first byte of the data set, and how many follow.</returns>
    /// <exception cref="IOException">The file is gone, or no data set that can be sent.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may no longer be read.</exception>
    private static (FileStream Stream, long Length) Open(StoredInstance instance)
    {
        var stream = new FileStream(instance.Path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        var length = stream.Length - instance.DatasetOffset;

        // Fragments are even (PS3.8 E.2), and mending the file would not be sending it as it is.
        if (length <= 0 || length % 2 != 0)
        {
            stream.Dispose();
            throw new IOException($"a stored data set of {length} bytes cannot be sent");
        }

        stream.Position = instance.DatasetOffset;
        return (stream, length);
    }
}
