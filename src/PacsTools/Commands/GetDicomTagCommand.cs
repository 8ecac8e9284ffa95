using System.Management.Automation;
using PacsTools.Binding;
using PacsTools.Completion;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Files;
using PacsTools.Pipeline;
using PacsTools.Services.Files;

namespace PacsTools.Commands;

/// <summary>Shows the elements of DICOM files or data sets, one object an element: tag, keyword, VR, VM, length and value (PS3.5 7.1, PS3.6).</summary>
[Cmdlet(VerbsCommon.Get, "DicomTag")]
[OutputType(typeof(DicomTagValue))]
public sealed class GetDicomTagCommand : DatasetCommand
{
    private DicomTag[]? _tags;

    /// <summary>Only these elements, by keyword or gggg,eeee; where -Recurse leads, too.</summary>
    /// <value>All elements</value>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(KeywordCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Tag { get; set; }

    /// <summary>Into sequences: the elements of their items follow, their Depth one more.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        _tags = Tag is null ? null : [.. Tag.Select(Parse)];
    }

    private protected override async Task ProcessRecordAsync(IPipeline pipeline, CancellationToken cancellationToken)
    {
        if (IsOnlyDataset)
        {
            await EmitAsync(pipeline, DicomTagValue.Of(Dataset!, null, Recurse)).ConfigureAwait(false);
            return;
        }

        await EachFileAsync(
            pipeline,
            async path =>
            {
                var file = DicomFile.Open(path);
                await EmitAsync(pipeline, DicomTagValue.Of(file.FileMeta.ToElements(), path, Recurse).Concat(DicomTagValue.Of(file.Dataset, path, Recurse))).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task EmitAsync(IPipeline pipeline, IEnumerable<DicomTagValue> values)
    {
        foreach (var value in values.Where(v => _tags is null || _tags.Contains(v.Tag)))
            await pipeline.WriteObjectAsync(value).ConfigureAwait(false);
    }

    private static DicomTag Parse(string text) => DicomTag.TryParse(text, out var tag)
        ? tag
        : throw Arguments.Invalid($"'{text}' is neither a keyword of PS3.6 nor a tag; quote tags, '0010,0020', or PowerShell takes them apart.", text);
}
