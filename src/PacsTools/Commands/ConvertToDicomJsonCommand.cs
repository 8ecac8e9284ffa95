using System.Management.Automation;
using System.Text;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Files;
using PacsTools.Dicom.Json;
using PacsTools.Pipeline;
using PacsTools.Services.Files;

namespace PacsTools.Commands;

/// <summary>
/// Writes DICOM files or data sets in the DICOM JSON model (PS3.18 F), one text a data set. Pixel data and other long values are left in their file, and
/// BulkDataURI says where: <c>file:///…?offset=…&amp;length=…</c>; with -IncludePixelData they are inside.
/// </summary>
[Cmdlet(VerbsData.ConvertTo, "DicomJson")]
[OutputType(typeof(string))]
public sealed class ConvertToDicomJsonCommand : DatasetCommand
{
    private readonly List<string> _texts = [];

    /// <summary>Without line breaks and spaces.</summary>
    [Parameter]
    public SwitchParameter Compress { get; set; }

    /// <summary>One array of all data sets, as DICOMweb services answer.</summary>
    [Parameter]
    public SwitchParameter AsArray { get; set; }

    /// <summary>Pixel data and other long values too, in base64. A value of more than 100 MB, and encapsulated pixel data, stays outside.</summary>
    [Parameter]
    public SwitchParameter IncludePixelData { get; set; }

    private protected override async Task ProcessRecordAsync(IPipeline pipeline, CancellationToken cancellationToken)
    {
        if (IsOnlyDataset)
        {
            await EmitAsync(pipeline, Dataset!, null).ConfigureAwait(false);
            return;
        }

        await EachFileAsync(
            pipeline,
            path => EmitAsync(pipeline, DicomFile.Open(path, new DicomFileReadOptions { ReadPixelData = IncludePixelData }).Dataset, path),
            cancellationToken).ConfigureAwait(false);
    }

    private protected override Task EndProcessingAsync(IPipeline pipeline, CancellationToken cancellationToken) =>
        AsArray
            ? pipeline.WriteObjectAsync(Compress ? $"[{string.Join(',', _texts)}]" : $"[\n{string.Join(",\n", _texts)}\n]").AsTask()
            : Task.CompletedTask;

    private async Task EmitAsync(IPipeline pipeline, DicomDataset dataset, string? path)
    {
        var text = Encoding.UTF8.GetString(DicomJsonWriter.Write(dataset, new DicomJsonWriteOptions { Indented = !Compress, BulkData = BulkDataUri.In(path) }));
        if (AsArray)
            _texts.Add(text);
        else
            await pipeline.WriteObjectAsync(text).ConfigureAwait(false);
    }
}
