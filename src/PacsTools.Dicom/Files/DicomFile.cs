using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Files;

/// <summary>A DICOM file (PS3.10 7), read once; the file does not stay open.</summary>
public sealed class DicomFile
{
    private DicomFile(string path, FileStart start, DicomDataset dataset)
    {
        Path = path;
        FileMeta = start.Meta;
        TransferSyntax = start.Syntax;
        DatasetOffset = start.DatasetOffset;
        Dataset = dataset;
    }

    /// <summary>Where it was read from.</summary>
    public string Path { get; }

    /// <summary>Group 0002; empty for a file without.</summary>
    public FileMetaInformation FileMeta { get; }

    /// <summary>As much of the data set as the options asked for.</summary>
    public DicomDataset Dataset { get; }

    /// <summary>The transfer syntax of the data set; for a file without group 0002 the one its bytes are in.</summary>
    public TransferSyntax TransferSyntax { get; }

    /// <summary>Offset in bytes of the data set from the start of the file.</summary>
    public long DatasetOffset { get; }

    /// <summary>
    /// Reads a file, by default its header. Files without preamble, without group 0002 or with a wrong group length are read too.
    /// Offsets of deferred values count from the start of the file; those of deflated files, of the inflated data set.
    /// </summary>
    /// <exception cref="DicomDataException">It is no DICOM file, or a broken one; the offset says where.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static DicomFile Open(string path, DicomFileReadOptions? options = null)
    {
        // The reader has its own window, so a second buffer would only copy.
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        return Read(stream, path, options);
    }

    /// <summary>Reads a file that is open already, or in memory, as <see cref="Open"/> does.</summary>
    /// <param name="stream">All of the file; can be sought in. It stays open. Of one over memory that it shows, values are slices, so that memory must not change any more.</param>
    /// <param name="path">Where it comes from.</param>
    /// <param name="options">As much as is wanted of it.</param>
    /// <exception cref="DicomDataException">It is no DICOM file, or a broken one; the offset says where.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static DicomFile Read(Stream stream, string path, DicomFileReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        options ??= DicomFileReadOptions.Default;
        stream.Position = 0;
        FileStart start = FileStart.Read(stream);
        stream.Position = start.DatasetOffset;
        DicomDataset dataset = DatasetReader.Read(stream, start.Syntax, options.ForDataset(start.DatasetOffset));
        return new DicomFile(path, start, dataset);
    }

    /// <summary>
    /// Writes a file under another name and then renames it, so that it is there whole or not at all. What the meta information
    /// lacks of SOP class, SOP instance and transfer syntax comes from the data set and is explicit VR little endian.
    /// </summary>
    /// <exception cref="DicomDataException">The data set cannot be written in that transfer syntax, or a value was not loaded.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Save(string path, FileMetaInformation meta, DicomDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(meta);
        ArgumentNullException.ThrowIfNull(dataset);
        FileMetaInformation complete = meta with
        {
            MediaStorageSOPClassUID = meta.MediaStorageSOPClassUID ?? dataset.GetString(DicomTags.SOPClassUID),
            MediaStorageSOPInstanceUID = meta.MediaStorageSOPInstanceUID ?? dataset.GetString(DicomTags.SOPInstanceUID),
            TransferSyntaxUID = meta.TransferSyntaxUID ?? TransferSyntax.ExplicitVRLittleEndian.UID,
        };
        byte[] start = complete.Encode();
        string part = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            using (var stream = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                var output = new StreamBufferWriter(stream);
                stream.Write(start);
                DatasetWriter.Write(output, dataset, TransferSyntax.Get(complete.TransferSyntaxUID!));
                output.Flush();
            }

            File.Move(part, path, overwrite: true);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }
}
