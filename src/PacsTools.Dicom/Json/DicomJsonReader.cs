using System.Runtime.CompilerServices;
using System.Text.Json;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Json;

/// <summary>
/// Reads the DICOM JSON model (PS3.18 F.2), and what servers make of it: numbers as strings and the reverse, single values without an array,
/// plain strings as names, attributes without a <c>vr</c>, keywords and lower-case digits as names. What cannot be a value of
/// its attribute is an error. Text outside ASCII makes the data set's SpecificCharacterSet ISO_IR 192, whatever the JSON says of
/// it, since JSON is UTF-8; items have none of their own.
/// </summary>
public static class DicomJsonReader
{
    // Each sequence has three levels: the attribute, its Value and the item. The array of data sets, the data set and one value come on top.
    private const int MaxJsonDepth = (3 * Encoding.DatasetParser.MaxDepth) + 8;
    private const int FirstBuffer = 16 << 10;

    internal static JsonReaderOptions ReaderOptions { get; } = new() { MaxDepth = MaxJsonDepth };

    /// <summary>Reads a JSON text that is one data set.</summary>
    /// <exception cref="DicomDataException">
    /// The text is no JSON, or no data set; the message names the attribute, never a value. The association survives.
    /// </exception>
    public static DicomDataset Read(ReadOnlySpan<byte> utf8, DicomJsonReadOptions? options = null)
    {
        if (utf8.StartsWith(JsonFraming.ByteOrderMark)) utf8 = utf8[JsonFraming.ByteOrderMark.Length..];
        var reader = new Utf8JsonReader(utf8, ReaderOptions);
        try
        {
            reader.Read();
            DicomDataset dataset = new JsonDatasetParser(options ?? DicomJsonReadOptions.Default).Read(ref reader);
            return reader.Read() ? throw new DicomDataException("There is more than one data set.") : dataset;
        }
        catch (JsonException e)
        {
            throw Malformed(e, reader.BytesConsumed);
        }
        catch (InvalidOperationException e)
        {
            throw new DicomDataException($"A name in the JSON is not UTF-8 (offset {reader.BytesConsumed}).", reader.BytesConsumed, e);
        }
    }

    /// <summary>
    /// Reads an array of data sets, each as soon as it has come, and holds no more than one of them. A single data set is taken for
    /// an array of one, nothing at all for an empty one.
    /// </summary>
    /// <exception cref="DicomDataException">As <see cref="Read"/>, or a data set is larger than the options allow.</exception>
    /// <exception cref="IOException">The stream could not be read.</exception>
    public static async IAsyncEnumerable<DicomDataset> ReadAllAsync(
        Stream stream, DicomJsonReadOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        options ??= DicomJsonReadOptions.Default;
        var framing = new JsonFraming(FirstBuffer, options.MaxDatasetBytes);
        while (true)
        {
            while (framing.TryTake(out ReadOnlyMemory<byte> dataset)) yield return Read(dataset.Span, options);
            if (framing.IsEnded) yield break;
            framing.Filled(await stream.ReadAsync(framing.Space(), cancellationToken).ConfigureAwait(false));
        }
    }

    internal static DicomDataException Malformed(JsonException e, long at) => new($"This is no JSON (offset {at}).", at, e);
}
