using System.Globalization;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;

namespace PacsTools.Services.Files;

/// <summary>One element of a data set, with what the dictionary says of it.</summary>
public sealed record DicomTagValue
{
    /// <summary>The tag.</summary>
    public required DicomTag Tag { get; init; }

    /// <summary>The keyword (PS3.6); of a private or unknown element null.</summary>
    public string? Keyword { get; init; }

    /// <summary>The name in words (PS3.6); of a private or unknown element null.</summary>
    public string? Name { get; init; }

    /// <summary>The value representation, as in the file; by the dictionary where the file has none (implicit VR).</summary>
    public required string VR { get; init; }

    /// <summary>How many values there are; of a sequence, items.</summary>
    public int VM { get; init; }

    /// <summary>Length of the value in bytes; of a sequence the number of its items.</summary>
    public long Length { get; init; }

    /// <summary>
    /// The value: text, numbers and tags as such, several as an array; bytes as an array of bytes; null if it is empty, a sequence, or was left in the
    /// file because of its length.
    /// </summary>
    public object? Value { get; init; }

    /// <summary>0 at the top, one more in the items of each sequence.</summary>
    public int Depth { get; init; }

    /// <summary>Where it is: keywords and the numbers of items, from 0, such as <c>RequestAttributesSequence[0].ScheduledProcedureStepID</c>.</summary>
    public required string Location { get; init; }

    /// <summary>The file; null for a data set that came from none.</summary>
    public string? Path { get; init; }

    /// <summary>Tag and keyword; never the value.</summary>
    public override string ToString() => $"{Tag} {Keyword}".TrimEnd();

    /// <summary>The elements of a data set in their order; with <paramref name="recurse"/> those of its items after each sequence.</summary>
    internal static IEnumerable<DicomTagValue> Of(DicomDataset dataset, string? path, bool recurse) => Of(dataset, path, recurse, 0, string.Empty);

    private static IEnumerable<DicomTagValue> Of(DicomDataset dataset, string? path, bool recurse, int depth, string above)
    {
        foreach (var element in dataset)
        {
            DicomDictionary.Default.TryGet(element.Tag, out var entry);
            var location = above + (entry is { Keyword.Length: > 0 } ? entry.Keyword : element.Tag.ToString());
            var value = element.IsDeferred || element.IsEmpty || element.Items is not null ? null : Decode(dataset, element, entry);
            yield return new DicomTagValue
            {
                Tag = element.Tag,
                Keyword = entry is { Keyword.Length: > 0 } ? entry.Keyword : null,
                Name = entry?.Name,
                VR = element.VR.ToCode(),
                VM = element.Items?.Count ?? (value is Array array and not byte[] ? array.Length : element.IsEmpty ? 0 : 1),
                Length = element.Items?.Count ?? element.Length,
                Value = value,
                Depth = depth,
                Location = location,
                Path = path,
            };
            if (!recurse || element.Items is not { } items)
                continue;
            for (var i = 0; i < items.Count; i++)
            {
                foreach (var inner in Of(items[i], path, recurse, depth + 1, string.Create(CultureInfo.InvariantCulture, $"{location}[{i}].")))
                    yield return inner;
            }
        }
    }

    private static object? Decode(DicomDataset dataset, DicomElement element, DictionaryEntry? entry)
    {
        try
        {
            return element.VR switch
            {
                DicomVR.US or DicomVR.UL or DicomVR.SS or DicomVR.SL or DicomVR.SV => One(dataset.GetValues<long>(element.Tag)),
                DicomVR.UV => One(dataset.GetValues<ulong>(element.Tag)),
                DicomVR.FL => One(dataset.GetValues<float>(element.Tag)),
                DicomVR.FD => One(dataset.GetValues<double>(element.Tag)),
                DicomVR.AT => One(dataset.GetTags(element.Tag)),
                DicomVR.OB or DicomVR.OW or DicomVR.OD or DicomVR.OF or DicomVR.OL or DicomVR.OV => element.Fragments is null ? element.Value.ToArray() : null,
                DicomVR.ST or DicomVR.LT or DicomVR.UT or DicomVR.UR => dataset.GetText(element.Tag),
                DicomVR.UN when entry is null => element.Value.ToArray(),
                _ => One(dataset.GetStrings(element.Tag)),
            };
        }
        catch (DicomDataException)
        {
            // A value that is not what its VR says is shown as it is.
            return element.Value.ToArray();
        }
    }

    private static object? One<T>(T[] values) => values.Length switch { 0 => null, 1 => values[0], _ => values };
}
