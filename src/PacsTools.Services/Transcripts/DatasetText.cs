using System.Globalization;
using System.Text;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;

namespace PacsTools.Services.Transcripts;

/// <summary>Identifiers and reports, one element a line, without what may tell who a patient is.</summary>
internal static class DatasetText
{
    private const int LongestValue = 256;

    // What can be shown is listed, not what cannot: a representation nobody thought of stays hidden.
    private static readonly HashSet<DicomVR> s_shown = [DicomVR.UI, DicomVR.AE, DicomVR.CS, DicomVR.IS, DicomVR.US, DicomVR.UL, DicomVR.SS, DicomVR.SL, DicomVR.AT];

    /// <summary>The data set in words; what cannot be read is described by its length.</summary>
    public static string Describe(AcceptedContext context, ReadOnlyMemory<byte> bytes, bool withPatientValues)
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"data set, {bytes.Length} bytes"));
        try
        {
            Append(text, DatasetReader.Read(bytes, TransferSyntax.Get(context.TransferSyntax)), withPatientValues, "\n        ");
        }
        catch (DicomDataException e)
        {
            text.Append(", cannot be read: ").Append(e.Message);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, DicomDataset dataset, bool withPatientValues, string indent)
    {
        foreach (var element in dataset)
        {
            var name = DicomDictionary.Default.TryGet(element.Tag, out var entry) ? entry.Keyword : "?";
            text.Append(indent).Append(element.Tag).Append(' ').Append(element.VR.ToCode()).Append(' ').Append(name);
            if (element.Items is { } items)
            {
                text.Append(CultureInfo.InvariantCulture, $", {items.Count} items");
                foreach (var item in items)
                    Append(text, item, withPatientValues, indent + "  > ");
            }
            else if (element.IsEmpty)
            {
                text.Append(", empty");
            }
            else
            {
                text.Append(" = ").Append(withPatientValues || IsHarmless(element) ? Value(dataset, element) : string.Create(CultureInfo.InvariantCulture, $"(redacted, {element.Length} bytes)"));
            }
        }
    }

    private static bool IsHarmless(DicomElement element) => element.Tag.Group != 0x0010 && !element.Tag.IsPrivate && s_shown.Contains(element.VR);

    private static string Value(DicomDataset dataset, DicomElement element)
    {
        var value = string.Join('\\', dataset.GetStrings(element.Tag));
        return PlainText.Of(value.Length > LongestValue ? value[..LongestValue] + "…" : value);
    }
}
