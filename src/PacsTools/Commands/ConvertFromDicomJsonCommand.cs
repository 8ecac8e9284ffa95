using System.Management.Automation;
using System.Text;
using PacsTools.Binding;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Json;
using PacsTools.Pipeline;

namespace PacsTools.Commands;

/// <summary>
/// Reads the DICOM JSON model (PS3.18 F): one data set or an array of them, in one text or in lines. Values that the JSON leaves elsewhere (BulkDataURI) are not
/// fetched; verbose names them.
/// </summary>
[Cmdlet(VerbsData.ConvertFrom, "DicomJson")]
[OutputType(typeof(Dicom.Data.DicomDataset))]
public sealed class ConvertFromDicomJsonCommand : AsyncCmdlet
{
    private readonly JsonPieces _pieces = new();

    /// <summary>The JSON text. Lines from the pipeline, as Get-Content emits them, are put together; a line that is complete JSON by itself counts by itself.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string[] InputObject { get; set; } = [];

    private protected override async Task ProcessRecordAsync(IPipeline pipeline, CancellationToken cancellationToken)
    {
        foreach (var piece in InputObject)
        {
            if (_pieces.Add(piece) is { } text) await EmitAsync(pipeline, text, cancellationToken).ConfigureAwait(false);
        }
    }

    private protected override Task EndProcessingAsync(IPipeline pipeline, CancellationToken cancellationToken) =>
        _pieces.Rest() is { } text ? EmitAsync(pipeline, text, cancellationToken) : Task.CompletedTask;

    private static async Task EmitAsync(IPipeline pipeline, string text, CancellationToken cancellationToken)
    {
        var elsewhere = new List<BulkDataReference>();
        try
        {
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
            var options = new DicomJsonReadOptions { BulkData = elsewhere, MaxDatasetBytes = int.MaxValue };
            await foreach (var dataset in DicomJsonReader.ReadAllAsync(stream, options, cancellationToken).ConfigureAwait(false))
                await pipeline.WriteObjectAsync(dataset).ConfigureAwait(false);
        }
        catch (DicomDataException e)
        {
            await pipeline.WriteErrorAsync(ErrorMap.Create(e, "Json.NotDicom", ErrorCategory.InvalidData, null, advice: null)).ConfigureAwait(false);
        }

        foreach (var value in elsewhere)
            await pipeline.WriteVerboseAsync($"{value.Path} {value.VR} is not in the JSON but at {value.Uri}.").ConfigureAwait(false);
    }
}
