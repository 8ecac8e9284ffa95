using System.Buffers;
using System.IO.Compression;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Encoding;

/// <summary>
/// Writes data sets in every transfer syntax (PS3.5 7, Annex A). Group lengths are left out, odd values padded, values too long for
/// a 16-bit length written as UN. Pixel data is not transcoded: it must be as the syntax has it.
/// </summary>
public static class DatasetWriter
{
    private const int FirstCapacity = 512;

    /// <summary>Writes a data set into an array.</summary>
    /// <exception cref="DicomDataException">
    /// The syntax or the character set cannot hold the data set, or a value was not loaded. The association survives.
    /// </exception>
    public static byte[] Write(DicomDataset dataset, TransferSyntax syntax, DatasetWriteOptions? options = null)
    {
        var output = new ArrayBufferWriter<byte>(FirstCapacity);
        Write(output, dataset, syntax, options);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Writes a data set to an output, each value in one piece; nothing that was written is kept.</summary>
    /// <exception cref="DicomDataException">As <see cref="Write(DicomDataset, TransferSyntax, DatasetWriteOptions?)"/>.</exception>
    public static void Write(IBufferWriter<byte> output, DicomDataset dataset, TransferSyntax syntax, DatasetWriteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(syntax);
        options ??= DatasetWriteOptions.Default;
        if (syntax.IsDeflated) WriteDeflated(output, dataset, syntax, options);
        else WritePlain(output, dataset, syntax, options);
    }

    private static void WritePlain(IBufferWriter<byte> output, DicomDataset dataset, TransferSyntax syntax, DatasetWriteOptions options)
    {
        LengthPlan? plan = options.UndefinedLengths ? null : LengthPlan.For(dataset, syntax.IsExplicitVR);
        new ElementWriter(output, syntax, plan).Write(dataset);
    }

    // PS3.5 A.5: the whole is deflated and, if odd, followed by a NUL.
    private static void WriteDeflated(IBufferWriter<byte> output, DicomDataset dataset, TransferSyntax syntax, DatasetWriteOptions options)
    {
        var plain = new ArrayBufferWriter<byte>(FirstCapacity);
        WritePlain(plain, dataset, syntax, options);
        using var deflated = new MemoryStream();
        using (var deflating = new DeflateStream(deflated, CompressionLevel.Optimal, leaveOpen: true)) deflating.Write(plain.WrittenSpan);
        if ((deflated.Length & 1) != 0) deflated.WriteByte(0);
        output.Write(deflated.GetBuffer().AsSpan(0, (int)deflated.Length));
    }
}
