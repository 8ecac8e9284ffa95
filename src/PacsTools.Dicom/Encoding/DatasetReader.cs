using System.Runtime.InteropServices;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Encoding;

/// <summary>
/// Reads data sets of every transfer syntax (PS3.5 7, Annex A). Values are slices of the bytes given, not copies (but for big endian
/// and deflated), so those bytes must not change afterwards.
/// </summary>
public static class DatasetReader
{
    /// <summary>Reads a data set.</summary>
    /// <param name="bytes">The data set and nothing else.</param>
    /// <param name="syntax">Its transfer syntax; where the bytes plainly are in another one, that is taken.</param>
    /// <param name="options">How to read; strictly and all of it where null.</param>
    /// <exception cref="DicomDataException">
    /// The bytes are no data set (strict mode), or more of one than the options allow; the offset is the element at fault. The
    /// association survives.
    /// </exception>
    public static DicomDataset Read(ReadOnlyMemory<byte> bytes, TransferSyntax syntax, DatasetReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(syntax);
        options ??= DatasetReadOptions.Default;
        if (!syntax.IsDeflated) return Read(new DatasetInput(bytes, options.BaseOffset), syntax, options);
        using Stream compressed = OpenRead(bytes);
        return ReadDeflated(compressed, syntax, options);
    }

    /// <summary>Reads from where a stream stands to its end; deflated data is inflated on the way.</summary>
    internal static DicomDataset Read(Stream stream, TransferSyntax syntax, DatasetReadOptions options) => syntax.IsDeflated
        ? ReadDeflated(stream, syntax, options)
        : Read(DatasetInput.Of(stream, options.BaseOffset), syntax, options);

    /// <summary>Reads from an input, which afterwards stands where reading ended.</summary>
    internal static DicomDataset Read(DatasetInput input, TransferSyntax syntax, DatasetReadOptions options)
    {
        ElementForm announced = ElementForm.Of(syntax);
        ElementForm form = FormSniffer.Detect(input.Peek(FormSniffer.UsefulBytes), announced, input.Remaining);
        if (form != announced)
            options.Problems?.Add(new DatasetProblem($"The data set is not encoded as its transfer syntax, {syntax.Name}, says.", input.Position) { IsOtherEncoding = true });
        return new DatasetParser(input, options) { HasBigEndianPixelData = syntax.IsPixelDataBigEndian }.Read(form);
    }

    private static DicomDataset ReadDeflated(Stream compressed, TransferSyntax syntax, DatasetReadOptions options)
    {
        using Stream inflating = Inflation.Open(compressed);
        try
        {
            return Read(new StreamInput(inflating, 0, options.MaxInflatedBytes), syntax, options);
        }
        catch (DicomDataException e) when (options.Lenient)
        {
            // Nothing at all could be inflated.
            options.Problems?.Add(new DatasetProblem(e.Message, e.Offset));
            return new DicomDataset();
        }
    }

    private static MemoryStream OpenRead(ReadOnlyMemory<byte> bytes) => MemoryMarshal.TryGetArray(bytes, out ArraySegment<byte> segment)
        ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
        : new MemoryStream(bytes.ToArray(), writable: false);
}
