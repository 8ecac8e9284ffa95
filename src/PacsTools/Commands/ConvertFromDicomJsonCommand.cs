using System.Management.Automation;
using PacsTools.Binding;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Json;
using PacsTools.Pipeline;

namespace PacsTools.Commands;

/// <summary>
/// Reads the DICOM JSON model (PS3.18 F): one data set or an array of them, in one text, in lines, or in bytes. Values that the JSON leaves elsewhere (BulkDataURI) are not
/// fetched; verbose names them.
/// </summary>
[Cmdlet(VerbsData.ConvertFrom, "DicomJson", DefaultParameterSetName = TextSet)]
[OutputType(typeof(Dicom.Data.DicomDataset))]
public sealed class ConvertFromDicomJsonCommand : AsyncCmdlet
{
    private const string TextSet = "Text";
    private const string BytesSet = "Bytes";

    private readonly JsonPieces _pieces = new();
    private readonly List<byte[]> _whole = [];

    /// <summary>The JSON text. Lines from the pipeline, as Get-Content emits them, are put together; a line that is complete JSON by itself counts by itself.</summary>
    [Parameter(ParameterSetName = TextSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string[] InputObject { get; set; } = [];

    /// <summary>The JSON in UTF-8, as the body of a response or a file holds it: in one array, or byte by byte from the pipeline, which takes an array apart.</summary>
    [Parameter(ParameterSetName = BytesSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyCollection]
    public byte[] Bytes { get; set; } = [];

    private protected override bool HasWork => _whole.Count > 0;

    /// <inheritdoc/>
    private protected override void TakeInput()
    {
        if (ParameterSetName == BytesSet)
            _whole.AddRange(_pieces.Add(Bytes) is { } text ? [text] : []);
        else
            _whole.AddRange(InputObject.Select(_pieces.AddLine).OfType<byte[]>());
    }

    private protected override async Task ProcessRecordAsync(IPipeline pipeline, CancellationToken cancellationToken)
    {
        foreach (var text in _whole) await EmitAsync(pipeline, text, cancellationToken).ConfigureAwait(false);
        _whole.Clear();
    }

    private protected override Task EndProcessingAsync(IPipeline pipeline, CancellationToken cancellationToken) =>
        _pieces.Rest() is { } text ? EmitAsync(pipeline, text, cancellationToken) : Task.CompletedTask;

    private static async Task EmitAsync(IPipeline pipeline, byte[] text, CancellationToken cancellationToken)
    {
        var elsewhere = new List<BulkDataReference>();
        try
        {
            using var stream = new MemoryStream(text);
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
