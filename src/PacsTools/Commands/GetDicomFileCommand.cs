using System.Management.Automation;
using PacsTools.Pipeline;
using PacsTools.Services.Files;

namespace PacsTools.Commands;

/// <summary>
/// Tells what DICOM files say of themselves (PS3.10), one object a file: patient, study, series, instance and transfer syntax, and the data set up to the pixel
/// data. Pixel data is never loaded. Files without preamble or meta information are read too; what is no DICOM file is an error, and the rest goes on.
/// </summary>
[Cmdlet(VerbsCommon.Get, "DicomFile")]
[OutputType(typeof(DicomFileInfo))]
public sealed class GetDicomFileCommand : FileCommand
{
    /// <summary>What is in the folders below, too. Folders from the pipeline are passed over without it, since Get-ChildItem emits them beside their files.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <inheritdoc/>
    private protected override bool IntoFolders => Recurse;

    private protected override Task ProcessRecordAsync(IPipeline pipeline, CancellationToken cancellationToken) =>
        EachFileAsync(pipeline, file => pipeline.WriteObjectAsync(DicomFileInfo.Read(file)).AsTask(), cancellationToken);
}
