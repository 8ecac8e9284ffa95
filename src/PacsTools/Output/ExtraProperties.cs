using System.Management.Automation;
using PacsTools.Dicom.Data;
using PacsTools.Services.Query;

namespace PacsTools.Output;

/// <summary>Adds what -Property asked for to a result, as properties of their own beside those its type has.</summary>
internal sealed class ExtraProperties(IEnumerable<string> names)
{
    private readonly AttributePath[] _paths = [.. names.Select(AttributePath.Parse).Distinct()];

    public object AddTo(object result, DicomDataset dataset)
    {
        if (_paths.Length == 0) return result;
        var extended = PSObject.AsPSObject(result);
        foreach (var path in _paths)
        {
            if (extended.Properties[path.Name] is null) extended.Properties.Add(new PSNoteProperty(path.Name, Value(path, dataset)));
        }

        return extended;
    }

    private static object? Value(AttributePath path, DicomDataset dataset)
    {
        string[] values = [.. path.FindValues(dataset)];
        return values.Length switch { 0 => null, 1 => values[0], _ => values };
    }
}
