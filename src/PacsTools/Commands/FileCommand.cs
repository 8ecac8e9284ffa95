using System.Management.Automation;
using PacsTools.Binding;
using PacsTools.Dicom.Errors;
using PacsTools.Pipeline;

namespace PacsTools.Commands;

/// <summary>What the cmdlets that read DICOM files have in common: which files, and what becomes of those that cannot be read.</summary>
public abstract class FileCommand : AsyncCmdlet
{
    private InputPaths? _inputs;

    /// <summary>Files and folders, with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Files and folders whose names are taken as they are; what Get-ChildItem and Receive-DicomStudy emit binds here.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Whether folders below folders are read too.</summary>
    private protected virtual bool IntoFolders => false;

    /// <summary>Whether there is something to read: a path or the pipeline.</summary>
    private protected virtual bool HasInput => IsGiven(nameof(Path)) || IsGiven(nameof(LiteralPath)) || MyInvocation.ExpectingInput;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        if (!HasInput) throw Arguments.Invalid("Give the files to read: -Path, -LiteralPath or the pipeline.");
    }

    /// <inheritdoc/>
    private protected override void TakeInput() =>
        Inputs.Take(LiteralPath, IsFromPipeline(nameof(LiteralPath)), Path, IsFromPipeline(nameof(Path)), IntoFolders);

    /// <summary>Does something with every file of this input object; one that cannot be read is an error record, and the rest goes on.</summary>
    private protected async Task EachFileAsync(IPipeline pipeline, Func<string, Task> read, CancellationToken cancellationToken)
    {
        foreach (var file in Inputs.Files(IntoFolders))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await ReportErrorsAsync(pipeline).ConfigureAwait(false);
            try
            {
                await read(file).ConfigureAwait(false);
            }
            catch (DicomDataException e)
            {
                await pipeline.WriteErrorAsync(ErrorMap.Create(e, "File.NotDicom", ErrorCategory.InvalidData, file, advice: null, file)).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                await pipeline.WriteErrorAsync(Unreadable(file, e)).ConfigureAwait(false);
            }
        }

        await ReportErrorsAsync(pipeline).ConfigureAwait(false);
    }

    private static ErrorRecord Unreadable(string path, Exception reason) =>
        ErrorMap.Create(reason, "File.Unreadable", reason is UnauthorizedAccessException ? ErrorCategory.PermissionDenied : ErrorCategory.ReadError, path, advice: null, path);

    private async Task ReportErrorsAsync(IPipeline pipeline)
    {
        foreach (var error in Inputs.TakeErrors()) await pipeline.WriteErrorAsync(error).ConfigureAwait(false);
    }

    private InputPaths Inputs => _inputs ??= new(SessionState, "File.PathNotFound", Unreadable);
}
