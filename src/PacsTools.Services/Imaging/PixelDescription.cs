using PacsTools.Dicom.Data;

namespace PacsTools.Services.Imaging;

/// <summary>How pixels are laid out (PS3.3 C.7.6.3).</summary>
internal sealed record PixelDescription
{
    // What a screen or a detector has is far below; what multiplies to more is no image.
    private const long MostBytes = 1 << 30;

    public required int Rows { get; init; }

    public required int Columns { get; init; }

    public required int SamplesPerPixel { get; init; }

    public required string Photometric { get; init; }

    public required int BitsAllocated { get; init; }

    public required int BitsStored { get; init; }

    public required int HighBit { get; init; }

    public required bool IsSigned { get; init; }

    public required bool IsPlanar { get; init; }

    public required int Frames { get; init; }

    public int Pixels => Rows * Columns;

    public bool IsGrayscale => Photometric is "MONOCHROME1" or "MONOCHROME2";

    /// <summary>YBR_FULL_422 keeps two luminances and one pair of chrominances for two pixels (PS3.3 C.7.6.3.1.2), if it is native.</summary>
    public bool IsSubsampled => Photometric == "YBR_FULL_422";

    /// <summary>Bytes of one frame as it stands in native pixel data (PS3.5 8.1.1).</summary>
    public long FrameLength => BitsAllocated == 1
        ? ((long)Pixels + 7) / 8
        : (long)Pixels * (IsSubsampled ? 2 : SamplesPerPixel) * (BitsAllocated / 8);

    /// <exception cref="ImageException">The data set describes no image that can be shown.</exception>
    public static PixelDescription Of(DicomDataset dataset)
    {
        var samples = dataset.GetInt32(DicomTags.SamplesPerPixel) ?? 1;
        var allocated = Required(dataset, DicomTags.BitsAllocated, "Bits Allocated");
        var stored = dataset.GetInt32(DicomTags.BitsStored) ?? allocated;
        var description = new PixelDescription
        {
            Rows = Required(dataset, DicomTags.Rows, "Rows"),
            Columns = Required(dataset, DicomTags.Columns, "Columns"),
            SamplesPerPixel = samples,
            Photometric = (dataset.GetString(DicomTags.PhotometricInterpretation) ?? (samples == 1 ? "MONOCHROME2" : "RGB")).Trim(),
            BitsAllocated = allocated,
            BitsStored = stored,
            HighBit = dataset.GetInt32(DicomTags.HighBit) ?? stored - 1,
            IsSigned = dataset.GetInt32(DicomTags.PixelRepresentation) == 1,
            IsPlanar = samples > 1 && dataset.GetInt32(DicomTags.PlanarConfiguration) == 1,
            Frames = Math.Max(1, dataset.GetInt32(DicomTags.NumberOfFrames) ?? 1),
        };
        description.Check();
        return description;
    }

    private void Check()
    {
        if (Rows is < 1 or > 65535 || Columns is < 1 or > 65535 || (long)Rows * Columns * Math.Max(SamplesPerPixel, 1) * 4 > MostBytes)
            throw new ImageException("Image.Broken", $"An image of {Columns} by {Rows} pixels cannot be shown.");
        if (BitsStored < 1 || BitsStored > BitsAllocated || HighBit < BitsStored - 1 || HighBit >= BitsAllocated)
            throw new ImageException("Image.Broken", $"Bits allocated {BitsAllocated}, stored {BitsStored} and high bit {HighBit} contradict each other.");
        var supported = Photometric switch
        {
            "MONOCHROME1" or "MONOCHROME2" => SamplesPerPixel == 1 && BitsAllocated is 1 or 8 or 16 or 32,
            "PALETTE COLOR" => SamplesPerPixel == 1 && BitsAllocated is 8 or 16,
            "RGB" or "YBR_FULL" => SamplesPerPixel == 3 && BitsAllocated is 8 or 16,
            "YBR_FULL_422" => SamplesPerPixel == 3 && BitsAllocated == 8,
            _ => false,
        };
        if (!supported)
            throw new ImageException("Image.Unsupported", $"{Photometric} with {SamplesPerPixel} samples of {BitsAllocated} bits cannot be shown.");
    }

    private static int Required(DicomDataset dataset, DicomTag tag, string name) => dataset.GetInt32(tag)
        ?? throw new ImageException("Image.NoPixelData", $"There is no image: {name} {tag} is missing.");
}
