using System.Management.Automation;
using PacsTools.Binding;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;
using PacsTools.Pipeline;
using PacsTools.Services.Files;
using PacsTools.Services.Simulation.TestData;

namespace PacsTools.Commands;

/// <summary>
/// Writes a synthetic study: valid instances of nobody, with a phantom to look at. What is not given is made up from the seed; the same
/// arguments and seed give the same bytes. Files go to {StudyInstanceUID}/{SeriesInstanceUID}/{SOPInstanceUID}.dcm below the path.
/// </summary>
[Cmdlet(VerbsCommon.New, "DicomTestStudy", SupportsShouldProcess = true)]
[OutputType(typeof(DicomFileInfo))]
public sealed partial class NewDicomTestStudyCommand : AsyncCmdlet
{
    private const int Seeds = 1_000_000;

    private SyntheticStudyOptions? _options;
    private string _folder = "";

    /// <inheritdoc/>
    private protected override void Begin()
    {
        _folder = FileSystemPath.Resolve(SessionState, Path, nameof(Path));
        _options = Options();
    }

    private protected override async Task ProcessRecordAsync(IPipeline pipeline, CancellationToken cancellationToken)
    {
        var options = _options!;
        if (!await pipeline.ShouldProcessAsync(_folder, $"Create {options.Series * options.Instances} {options.Modality} instances").ConfigureAwait(false)) return;
        var written = 0;
        var total = options.Series * options.Instances;
        try
        {
            foreach (var path in SyntheticStudy.Save(options, _folder))
            {
                await pipeline.WriteObjectAsync(DicomFileInfo.Read(path)).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                pipeline.Progress(new(0, "New-DicomTestStudy", $"{++written} of {total} instances", 100 * written / total, written == total));
            }
        }
        catch (Exception error) when (error is ArgumentException or DicomDataException)
        {
            throw new TerminatingErrorException(ErrorMap.ToRecord(error, _folder));
        }
    }

    private SyntheticStudyOptions Options() => new()
    {
        Seed = IsGiven(nameof(Seed)) ? Seed : Random.Shared.Next(Seeds),
        Modality = Modality,
        Series = Series,
        Instances = Instances,
        Rows = Rows,
        Columns = Columns,
        Frames = Frames,
        CharacterSet = CharacterSet,
        TransferSyntax = Syntax(),
        PatientName = PatientName,
        PatientID = PatientID,
        PatientBirthDate = PatientBirthDate,
        PatientSex = PatientSex,
        AccessionNumber = AccessionNumber,
        StudyDate = StudyDate,
        StudyTime = StudyTime,
        StudyDescription = StudyDescription,
        StudyID = StudyID,
        ReferringPhysicianName = ReferringPhysicianName,
        StudyInstanceUID = StudyInstanceUID,
    };

    private TransferSyntax Syntax() => TransferSyntax switch
    {
        nameof(Dicom.Data.TransferSyntax.ImplicitVRLittleEndian) => Dicom.Data.TransferSyntax.ImplicitVRLittleEndian,
        nameof(Dicom.Data.TransferSyntax.ExplicitVRBigEndian) => Dicom.Data.TransferSyntax.ExplicitVRBigEndian,
        nameof(Dicom.Data.TransferSyntax.DeflatedExplicitVRLittleEndian) => Dicom.Data.TransferSyntax.DeflatedExplicitVRLittleEndian,
        _ => Dicom.Data.TransferSyntax.ExplicitVRLittleEndian,
    };
}
