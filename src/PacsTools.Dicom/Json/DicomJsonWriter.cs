using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Json;

/// <summary>
/// Writes data sets in the DICOM JSON model (PS3.18 F.2), always in UTF-8: a SpecificCharacterSet (0008,0005) which names anything is
/// written as ISO_IR 192, those of items are left out. Group lengths and groups 0000 and 0002 are left out too.
/// </summary>
public static class DicomJsonWriter
{
    private const int FirstCapacity = 512;

    /// <summary>Writes a data set into an array.</summary>
    /// <exception cref="DicomDataException">
    /// A value cannot be inline and the options do not say where it is, or sequences are nested too deep. The association survives.
    /// </exception>
    public static byte[] Write(DicomDataset dataset, DicomJsonWriteOptions? options = null)
    {
        var output = new ArrayBufferWriter<byte>(FirstCapacity);
        Write(output, dataset, options);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Writes a data set to an output.</summary>
    /// <exception cref="DicomDataException">As <see cref="Write(DicomDataset, DicomJsonWriteOptions?)"/>.</exception>
    public static void Write(IBufferWriter<byte> output, DicomDataset dataset, DicomJsonWriteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        options ??= DicomJsonWriteOptions.Default;
        using var json = new Utf8JsonWriter(output, WriterOptions(options.Indented));
        Write(json, dataset, options);
    }

    /// <summary>Writes a data set as one value of a JSON text, such as an item of an array of data sets.</summary>
    /// <exception cref="DicomDataException">As <see cref="Write(DicomDataset, DicomJsonWriteOptions?)"/>.</exception>
    public static void Write(Utf8JsonWriter json, DicomDataset dataset, DicomJsonWriteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(dataset);
        new JsonDatasetWriter(json, options ?? DicomJsonWriteOptions.Default).Write(dataset);
    }

    /// <summary>Settings for a writer of data sets: text outside ASCII as it is, since no HTML is made of it.</summary>
    public static JsonWriterOptions WriterOptions(bool indented = false) =>
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = indented };
}
