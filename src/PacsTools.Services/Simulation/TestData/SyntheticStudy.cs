using PacsTools.Dicom.Data;
using PacsTools.Dicom.Files;

namespace PacsTools.Services.Simulation.TestData;

/// <summary>Makes synthetic studies, one instance at a time.</summary>
internal static class SyntheticStudy
{
    // All frames of an instance are made in memory, as eight bytes a pixel before they become its pixel data.
    private const long MostPixels = 128L << 20;

    /// <summary>The data sets of a study, series by series.</summary>
    /// <exception cref="ArgumentException">The options cannot be met: no instances, a size no image has or memory does not hold, a compressed transfer syntax.</exception>
    public static IEnumerable<DicomDataset> Create(SyntheticStudyOptions options)
    {
        Check(options);
        var header = new SyntheticHeader(options);
        return from series in Enumerable.Range(1, options.Series)
               from number in Enumerable.Range(1, options.Instances)
               select CreateOne(new SyntheticInstance(options, header, series, number));
    }

    /// <summary>Writes a study into a folder, as <c>{StudyInstanceUID}/{SeriesInstanceUID}/{SOPInstanceUID}.dcm</c>.</summary>
    /// <returns>The path of each file, once it is there.</returns>
    /// <exception cref="ArgumentException">As <see cref="Create"/>.</exception>
    /// <exception cref="Dicom.Errors.DicomDataException">A text cannot be written in the character set.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static IEnumerable<string> Save(SyntheticStudyOptions options, string folder)
    {
        foreach (var dataset in Create(options))
        {
            var directory = Path.Combine(folder, dataset.GetString(DicomTags.StudyInstanceUID, ""), dataset.GetString(DicomTags.SeriesInstanceUID, ""));
            Directory.CreateDirectory(directory);
            var path = Path.Combine(directory, dataset.GetString(DicomTags.SOPInstanceUID, "") + ".dcm");
            DicomFile.Save(path, new FileMetaInformation { TransferSyntaxUID = options.TransferSyntax.UID }, dataset);
            yield return path;
        }
    }

    private static DicomDataset CreateOne(SyntheticInstance instance)
    {
        CommonModules.Apply(instance);
        if (instance.Options.Modality == SyntheticModality.SR)
            ReportModules.Apply(instance);
        else
            ImageModules.Apply(instance);
        return instance.Dataset;
    }

    private static void Check(SyntheticStudyOptions options)
    {
        if (options.Series < 1 || options.Instances < 1 || options.Frames < 1)
            throw new ArgumentException("A study has at least one series, one instance and one frame.", nameof(options));
        if (options.Rows is < 1 or > ushort.MaxValue || options.Columns is < 1 or > ushort.MaxValue)
            throw new ArgumentException($"An image has 1 to {ushort.MaxValue} rows and columns.", nameof(options));
        var frames = options.Modality == SyntheticModality.US ? options.Frames : 1;
        if (options.Modality != SyntheticModality.SR && (Int128)options.Rows * options.Columns * frames > MostPixels)
            throw new ArgumentException(FormattableString.Invariant($"{options.Rows} rows, {options.Columns} columns and {frames} frames are too much: an instance has at most {MostPixels} pixels."), nameof(options));
        if (options.TransferSyntax.IsEncapsulated)
            throw new ArgumentException($"{options.TransferSyntax.Name} is compressed; synthetic instances are native.", nameof(options));
        if (options.StudyInstanceUID is { } uid && !DicomUids.IsValid(uid))
            throw new ArgumentException($"'{uid}' is no UID.", nameof(options));
    }
}
