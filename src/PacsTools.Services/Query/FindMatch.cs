using System.Text;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Errors;

namespace PacsTools.Services.Query;

/// <summary>One pending response of a C-FIND.</summary>
/// <param name="Dataset">The identifier as it came, as far as it could be read.</param>
/// <param name="Status">FF00, or FF01 if optional keys were not supported (PS3.4 C.4.1.1.4).</param>
/// <param name="Identifier">The index of the identifier that was asked.</param>
/// <param name="Problems">What was illegal in the encoding and tolerated; never a value.</param>
internal sealed record FindMatch(DicomDataset Dataset, ushort Status, int Identifier, IReadOnlyList<string> Problems)
{
    /// <summary>Length of the identifier as it came, in bytes.</summary>
    public int Length { get; init; }

    public bool HasUnsupportedKeys => Status == FindStatus.PendingUnsupportedKeys;

    /// <summary>Reads an identifier as far as it can be read: one bad answer must not cost the others.</summary>
    public static FindMatch Read(byte[] bytes, TransferSyntax syntax, ushort status, int identifier, Encoding? fallback)
    {
        var problems = new List<DatasetProblem>();
        DicomDataset dataset;
        try
        {
            dataset = DatasetReader.Read(bytes, syntax, new DatasetReadOptions { Lenient = true, Problems = problems });
        }
        catch (DicomDataException e)
        {
            dataset = new DicomDataset();
            problems.Add(new DatasetProblem(e.Message, e.Offset));
        }

        if (fallback is not null)
        {
            dataset.FallbackEncoding = fallback;
        }

        return new FindMatch(dataset, status, identifier, problems.Count == 0 ? [] : problems.ConvertAll(p => p.Message)) { Length = bytes.Length };
    }
}
