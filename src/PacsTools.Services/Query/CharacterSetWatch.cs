using System.Text;
using PacsTools.Dicom.Data;

namespace PacsTools.Services.Query;

/// <summary>Tells, once a query, of text an archive sends without declaring its character set rightly (PS3.5 6.1.2).</summary>
internal sealed class CharacterSetWatch(string archive, Encoding? fallback, IJobLog log)
{
    private bool _told;

    public void Look(DicomDataset dataset)
    {
        if (_told || Fault(dataset) is not { } fault)
        {
            return;
        }

        _told = true;
        log.Warning("Query.CharacterSet", fallback is null
            ? $"{archive}: {fault}; what could not be read shows as \uFFFD. A fallback encoding can be given."
            : $"{archive}: {fault}; it was read as {fallback.WebName}.");
    }

    private static string? Fault(DicomDataset dataset) => Fault(dataset, dataset.GetText(DicomTags.SpecificCharacterSet));

    /// <summary>Items have the set of the data set around them unless they declare their own (PS3.5 7.5.3).</summary>
    private static string? Fault(DicomDataset dataset, string? declared)
    {
        foreach (var element in dataset)
        {
            var fault = element.Items is { } items
                ? items.Select(item => Fault(item, item.GetText(DicomTags.SpecificCharacterSet) ?? declared)).FirstOrDefault(found => found is not null)
                : FaultOf(element, dataset, declared);
            if (fault is not null)
            {
                return fault;
            }
        }

        return null;
    }

    private static string? FaultOf(DicomElement element, DicomDataset dataset, string? declared) =>
        !element.VR.UsesCharacterSet() || !element.Value.Span.ContainsAnyInRange((byte)0x80, (byte)0xFF) ? null
            : declared is null ? "text beyond ASCII came without a Specific Character Set"
            : dataset.CharacterSet.HasUnknownTerms ? $"text came in the unknown character set '{QueryKeyException.Printable(declared)}'"
            : null;
}
