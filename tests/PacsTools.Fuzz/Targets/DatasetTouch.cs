using PacsTools.Dicom.Data;

namespace PacsTools.Fuzz.Targets;

/// <summary>Looks at all of a data set in every way there is: values are decoded on first use, and none of it may throw.</summary>
internal static class DatasetTouch
{
    internal static void All(DicomDataset dataset)
    {
        foreach (DicomElement element in dataset)
        {
            DicomTag tag = element.Tag;
            dataset.GetString(tag);
            dataset.GetStrings(tag);
            dataset.GetText(tag);
            dataset.GetInt32(tag);
            dataset.GetInt64(tag);
            dataset.GetDouble(tag);
            dataset.GetDate(tag);
            dataset.GetTime(tag);
            dataset.GetDateTime(tag);
            if (dataset.GetPersonName(tag) is { } name) _ = name.ToString() + name.FamilyName + name.NameSuffix;
            dataset.GetValues<ushort>(tag);
            dataset.GetValues<long>(tag);
            dataset.GetValues<double>(tag);
            dataset.GetTags(tag);
            _ = element.ToString();
            _ = element.IsEmpty;
            foreach (DicomDataset item in dataset.GetItems(tag)) All(item);
        }
    }

    /// <summary>Tells two data sets apart by tags, representations and bytes.</summary>
    /// <returns>The first difference; null if there is none.</returns>
    internal static string? Difference(DicomDataset a, DicomDataset b)
    {
        if (a.Count != b.Count) return $"{a.Count} and {b.Count} elements";
        foreach ((DicomElement one, DicomElement other) in a.Zip(b))
        {
            if (one.Tag != other.Tag || one.VR != other.VR) return $"{one} and {other}";
            if (one.Items is null != other.Items is null || one.Fragments is null != other.Fragments is null || one.IsDeferred != other.IsDeferred) return $"kinds of {one.Tag}";
            if (one.Items is { } items)
            {
                if (items.Count != other.Items!.Count) return $"{one} and {other}";
                for (int i = 0; i < items.Count; i++)
                {
                    if (Difference(items[i], other.Items[i]) is { } inside) return inside;
                }
            }
            else if (one.Fragments is { } fragments)
            {
                if (!fragments.Select(f => f.Length).SequenceEqual(other.Fragments!.Select(f => f.Length))) return $"fragments of {one.Tag}";
            }
            else if (!one.Value.Span.SequenceEqual(other.Value.Span))
            {
                return $"values of {one.Tag}";
            }
        }

        return null;
    }
}
