using PacsTools.Dicom.Data;
using PacsTools.Dicom.Files;

namespace PacsTools.Services.Imaging;

/// <summary>The frames of one file, as native little-endian bytes.</summary>
internal sealed class FrameReader
{
    private const string RleLossless = "1.2.840.10008.1.2.5";

    private readonly string _path;
    private readonly TransferSyntax _syntax;
    private readonly DicomElement _pixels;

    private FrameReader(string path, TransferSyntax syntax, DicomDataset dataset, DicomElement pixels)
    {
        _path = path;
        _syntax = syntax;
        _pixels = pixels;
        Dataset = dataset;
        Description = PixelDescription.Of(dataset);
    }

    /// <summary>The header.</summary>
    public DicomDataset Dataset { get; }

    public PixelDescription Description { get; }

    /// <summary>Opens a file. Native pixel data stays there until a frame is read.</summary>
    /// <exception cref="ImageException">There is no image in it, or one that is compressed in a way that is not undone here.</exception>
    public static FrameReader Open(string path)
    {
        var header = DicomFile.Open(path);
        var syntax = header.TransferSyntax;
        if (syntax.IsEncapsulated && syntax.UID != RleLossless)
            throw new ImageException("Image.NotDecodable", $"{syntax.Name} ({syntax.UID}) is not decompressed here; have the archive convert the image, or a tool such as dcmdjpeg.");

        // Fragments, and what has to be inflated, cannot be had by position.
        var file = syntax.IsEncapsulated || syntax.IsDeflated ? DicomFile.Open(path, new DicomFileReadOptions { ReadPixelData = true }) : header;
        return file.Dataset[DicomTags.PixelData] is { } pixels
            ? new FrameReader(path, syntax, file.Dataset, pixels)
            : throw new ImageException("Image.NoPixelData", "There is no pixel data.");
    }

    /// <summary>Reads one frame.</summary>
    /// <param name="number">From 1.</param>
    /// <exception cref="ImageException">There is no such frame, or it is cut short.</exception>
    public byte[] Read(int number)
    {
        if (number < 1 || number > Description.Frames)
            throw new ImageException("Image.NoSuchFrame", $"There is no frame {number}; the image has {Description.Frames}.");
        return _pixels.Fragments is { } fragments ? RleDecoder.Decode(Fragment(fragments, number), Description) : ReadNative(number - 1);
    }

    // PS3.5 A.4.2: a frame is one fragment. Of the fragments the first is the basic offset table.
    private ReadOnlyMemory<byte> Fragment(IReadOnlyList<ReadOnlyMemory<byte>> fragments, int number) =>
        number < fragments.Count ? fragments[number] : throw new ImageException("Image.Broken", $"Frame {number} is missing in the pixel data.");

    private byte[] ReadNative(int index)
    {
        var length = Description.FrameLength;
        // Frames of single bits follow each other without padding; only the first is sure to begin with a byte.
        if (Description.BitsAllocated == 1 && index > 0 && Description.Pixels % 8 != 0)
            throw new ImageException("Image.Unsupported", "Frames of single bits that do not fill whole bytes cannot be shown but for the first.");
        var start = index * length;

        // What rows and columns demand is believed only if it is there.
        if (start + length > (_pixels.IsDeferred ? _pixels.Length : _pixels.Value.Length))
            throw CutShort();
        if (!_pixels.IsDeferred)
            return _pixels.Value.Slice((int)start, (int)length).ToArray();

        // Words count from the start of the value, so that of bytes the first of a frame may be the second of a word.
        var lead = IsSwapped ? start % 2 : 0;
        using var file = File.OpenHandle(_path);
        var at = _pixels.ValueOffset + start - lead;
        if (RandomAccess.GetLength(file) - at < lead + length)
            throw CutShort();
        var frame = new byte[lead + length + (IsSwapped ? (lead + length) % 2 : 0)];
        if (RandomAccess.Read(file, frame, at) < lead + length)
            throw CutShort();
        if (IsSwapped)
            Swap(frame);
        return frame.Length == length ? frame : frame[(int)lead..(int)(lead + length)];
    }

    // PS3.5 7.3: of OW the words are turned around, however many bits a sample has.
    private bool IsSwapped => _syntax.IsPixelDataBigEndian && _pixels.VR == DicomVR.OW;

    private static ImageException CutShort() => new("Image.Broken", "The pixel data is shorter than rows, columns and frames demand.");

    private static void Swap(byte[] bytes)
    {
        for (var i = 0; i + 1 < bytes.Length; i += 2)
            (bytes[i], bytes[i + 1]) = (bytes[i + 1], bytes[i]);
    }
}
