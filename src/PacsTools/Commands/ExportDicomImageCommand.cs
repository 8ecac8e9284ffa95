using System.Globalization;
using System.Management.Automation;
using PacsTools.Binding;
using PacsTools.Dicom.Data;
using PacsTools.Pipeline;
using PacsTools.Services.Imaging;
using PacsTools.Services.Storage;

namespace PacsTools.Commands;

/// <summary>
/// Makes PNG pictures of DICOM images, to look at what a transfer brought: uncompressed and RLE ones. They are for a look, not for diagnosis. Images that
/// are compressed otherwise are refused by the name of their transfer syntax.
/// </summary>
[Cmdlet(VerbsData.Export, "DicomImage", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportDicomImageCommand : FileCommand
{
    private const int ThumbnailSide = 128;
    private const string CannotWrite = "Image.CannotWrite";

    private string _folder = string.Empty;

    /// <summary>The folder for the pictures, made if need be; the current one unless given. A picture is named by its SOP Instance UID, with the number of the frame if there are several.</summary>
    /// <value>The current folder</value>
    [Parameter]
    [Alias("OutputPath", "OutputDirectory")]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = ".";

    /// <summary>The frames, from 1; the first unless given.</summary>
    /// <value>1</value>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int[] Frame { get; set; } = [1];

    /// <summary>Middle of the window, in the units of the modality; with -WindowWidth, instead of the file's own.</summary>
    /// <value>The file's</value>
    [Parameter]
    public double WindowCenter { get; set; }

    /// <summary>Width of the window.</summary>
    /// <value>The file's</value>
    [Parameter]
    [Positive]
    public double WindowWidth { get; set; }

    /// <summary>Small pictures, of at most 128 pixels a side.</summary>
    [Parameter]
    public SwitchParameter Thumbnail { get; set; }

    /// <summary>Never write over a file that is there.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        if (IsGiven(nameof(WindowCenter)) != IsGiven(nameof(WindowWidth))) throw Arguments.Invalid("-WindowCenter and -WindowWidth belong together.");
        _folder = FileSystemPath.Resolve(SessionState, Destination, nameof(Destination));
    }

    private protected override Task ProcessRecordAsync(IPipeline pipeline, CancellationToken cancellationToken) =>
        EachFileAsync(pipeline, path => ExportAsync(pipeline, path, cancellationToken), cancellationToken);

    private async Task ExportAsync(IPipeline pipeline, string path, CancellationToken cancellationToken)
    {
        try
        {
            var file = FrameReader.Open(path);
            foreach (var frame in Frame)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var picture = Picture.Of(file, frame, IsGiven(nameof(WindowWidth)) ? new GrayWindow(WindowCenter, WindowWidth) : null);
                if (Thumbnail) picture = picture.Thumbnail(ThumbnailSide);
                var target = System.IO.Path.Combine(_folder, Name(file, path, frame));
                if (await pipeline.ShouldProcessAsync(target, "Write picture").ConfigureAwait(false))
                    await pipeline.WriteObjectAsync(Save(picture, target)).ConfigureAwait(false);
            }
        }
        catch (ImageException e)
        {
            await pipeline.WriteErrorAsync(ErrorMap.Create(e, e.Id, e.Id == CannotWrite ? ErrorCategory.WriteError : ErrorCategory.InvalidData, path, advice: null, path)).ConfigureAwait(false);
        }
    }

    private static string Name(FrameReader file, string path, int frame)
    {
        var uid = file.Dataset.GetString(DicomTags.SOPInstanceUID);
        var name = string.IsNullOrEmpty(uid) ? System.IO.Path.GetFileNameWithoutExtension(path) : SafeFileName.FromUid(uid);
        return file.Description.Frames == 1 ? $"{name}.png" : string.Create(CultureInfo.InvariantCulture, $"{name}.{frame}.png");
    }

    private FileInfo Save(Picture picture, string target)
    {
        try
        {
            Directory.CreateDirectory(_folder);
            var output = new FileStream(target, NoClobber ? FileMode.CreateNew : FileMode.Create, FileAccess.Write, FileShare.None);
            Encode(picture, output);
            return new FileInfo(target);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ImageException(CannotWrite, $"{target} cannot be written: {e.Message}");
        }
    }

    // Half a picture must not pass for a whole one.
    private static void Encode(Picture picture, FileStream output)
    {
        try
        {
            using (output) PngWriter.Write(output, picture);
        }
        catch
        {
            File.Delete(output.Name);
            throw;
        }
    }
}
