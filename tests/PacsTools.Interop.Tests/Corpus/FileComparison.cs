using System.Text.Json;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Files;
using PacsTools.Dicom.Json;
using PacsTools.Services.Files;

namespace PacsTools.Interop.Tests.Corpus;

/// <summary>Which of the two read a file, and in what their readings differ.</summary>
internal sealed record FileComparison(bool WeRead, bool TheyRead, int Elements, IReadOnlyList<Difference> Differences, string Theirs)
{
    // Where encapsulated pixel data begins dcm2json ends.
    private const string PixelData = "7FE00010";

    private static readonly JsonDocumentOptions s_json = new() { MaxDepth = 1000 };
    private static readonly DicomJsonWriteOptions s_write = new() { BulkData = (_, _) => "file" };

    public static async Task<FileComparison> OfAsync(string path)
    {
        var theirs = await DcmtkReading.OfAsync(path).ConfigureAwait(false);
        if (!theirs.LacksCharacterSet) return Of(path, theirs);

        // All but the text in that character set can be compared if both take the file for Latin 1.
        var latin = path + ".latin";
        await File.WriteAllBytesAsync(latin, Latin1Copy.Of(await File.ReadAllBytesAsync(path).ConfigureAwait(false))).ConfigureAwait(false);
        var comparison = Of(latin, await DcmtkReading.OfAsync(latin).ConfigureAwait(false));
        File.Delete(latin);
        return comparison;
    }

    private static FileComparison Of(string path, DcmtkReading theirs)
    {
        string refusal = "";
        JsonDocument? ours = null;
        DicomFile? file = null;
        var tolerated = new List<DatasetProblem>();
        var differences = new List<Difference>();
        try
        {
            file = DicomFile.Open(path, new DicomFileReadOptions { ReadPixelData = true, Problems = tolerated });
            ours = Json(file.Dataset);
            differences.AddRange(HeaderDifferences(path, ours));
        }
        catch (DicomDataException e)
        {
            refusal = e.Message;
        }

        using (ours)
        using (theirs.Document)
        {
            if (ours is null && theirs.Document is not null) differences.Add(new Difference(DifferenceKind.Refused, "", refusal, theirs.Message));
            if (ours is not null && theirs.Document is not null)
                differences.AddRange(JsonComparison.Compare(ours.RootElement, theirs.Document.RootElement, theirs.IsHeaderOnly ? PixelData : null));
            differences = differences.ConvertAll(d => d with { Element = file is null ? null : ElementPath.Find(file.Dataset, d.Path), Said = theirs.Message, TransferSyntaxUID = file?.TransferSyntax.UID, Tolerated = [.. tolerated.Select(p => p.Message)] });
            return new FileComparison(ours is not null, theirs.Document is not null, ours?.RootElement.EnumerateObject().Count() ?? 0, differences, theirs.Message);
        }
    }

    // Get-DicomFile reads up to the pixel data; what it has must be what the whole file has.
    private static IEnumerable<Difference> HeaderDifferences(string path, JsonDocument whole)
    {
        using var header = Json(DicomFileInfo.Read(path).Dataset);
        return [.. JsonComparison.Compare(header.RootElement, whole.RootElement, PixelData).Select(d => d with { Path = "header:" + d.Path })];
    }

    private static JsonDocument Json(Dicom.Data.DicomDataset dataset) => JsonDocument.Parse(DicomJsonWriter.Write(dataset, s_write), s_json);
}
