using System.Globalization;
using PacsTools.Dicom.Data;

namespace PacsTools.Interop.Tests.Corpus;

/// <summary>Finds an element by a path such as <c>00400275/0/00400009</c>.</summary>
internal static class ElementPath
{
    public static DicomElement? Find(DicomDataset dataset, string path)
    {
        var steps = path.Split('/');
        DicomDataset? level = dataset;
        for (var i = 0; i + 2 < steps.Length; i += 2)
        {
            var index = int.Parse(steps[i + 1], CultureInfo.InvariantCulture);
            level = Element(level, steps[i])?.Items is { } items && index < items.Count ? items[index] : null;
            if (level is null) return null;
        }

        return Element(level, steps[^1]);
    }

    private static DicomElement? Element(DicomDataset dataset, string tag) => DicomTag.TryParse(tag, out var parsed) ? dataset[parsed] : null;
}
