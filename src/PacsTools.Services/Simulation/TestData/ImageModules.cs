using PacsTools.Dicom.Data;

namespace PacsTools.Services.Simulation.TestData;

/// <summary>What each kind of image needs beyond the common modules (PS3.3 A.2 to A.8).</summary>
internal static class ImageModules
{
    private const double Noise = 0.03;

    public static void Apply(SyntheticInstance instance)
    {
        switch (instance.Options.Modality)
        {
            case SyntheticModality.CT:
                ApplyCT(instance);
                break;
            case SyntheticModality.MR:
                ApplyMR(instance);
                break;
            case SyntheticModality.CR:
                ApplyCR(instance);
                break;
            case SyntheticModality.US:
                ApplyUS(instance);
                break;
            case SyntheticModality.SC:
                ApplySC(instance);
                break;
        }
    }

    private static void ApplyCT(SyntheticInstance instance)
    {
        instance.Set(DicomTags.ImageType, "ORIGINAL", "PRIMARY", "AXIAL");
        CommonModules.ApplyPlane(instance);
        instance.SetDecimal(DicomTags.KVP, 120);
        instance.SetDecimal(DicomTags.RescaleIntercept, -1024);
        instance.SetDecimal(DicomTags.RescaleSlope, 1);
        instance.Set(DicomTags.RescaleType, "HU");
        instance.SetDecimal(DicomTags.WindowCenter, 600);
        instance.SetDecimal(DicomTags.WindowWidth, 3200);
        PixelModules.SetGray16(instance.Dataset, Slice(instance), instance.Options.Rows, instance.Options.Columns, 12, "MONOCHROME2");
    }

    private static void ApplyMR(SyntheticInstance instance)
    {
        instance.Set(DicomTags.ImageType, "ORIGINAL", "PRIMARY", "OTHER");
        CommonModules.ApplyPlane(instance);
        instance.Set(DicomTags.ScanningSequence, "SE");
        instance.Set(DicomTags.SequenceVariant, "NONE");
        instance.SetEmpty(DicomTags.ScanOptions);
        instance.Set(DicomTags.MRAcquisitionType, "2D");
        instance.SetDecimal(DicomTags.RepetitionTime, 500);
        instance.SetDecimal(DicomTags.EchoTime, 15);
        instance.SetNumber(DicomTags.EchoTrainLength, 1);
        instance.SetDecimal(DicomTags.MagneticFieldStrength, 1.5);
        instance.SetDecimal(DicomTags.WindowCenter, 2048);
        instance.SetDecimal(DicomTags.WindowWidth, 4096);
        PixelModules.SetGray16(instance.Dataset, Slice(instance), instance.Options.Rows, instance.Options.Columns, 12, "MONOCHROME2");
    }

    private static void ApplyCR(SyntheticInstance instance)
    {
        instance.Set(DicomTags.ImageType, "ORIGINAL", "PRIMARY");
        instance.Set(DicomTags.ViewPosition, "PA");
        instance.Set(DicomTags.PatientOrientation, "L", "F");
        instance.SetDecimal(DicomTags.ImagerPixelSpacing, 0.2, 0.2);
        instance.SetDecimal(DicomTags.KVP, 70);
        instance.SetDecimal(DicomTags.WindowCenter, 512);
        instance.SetDecimal(DicomTags.WindowWidth, 1024);
        PixelModules.SetGray16(instance.Dataset, Slice(instance), instance.Options.Rows, instance.Options.Columns, 10, "MONOCHROME1");
    }

    private static void ApplyUS(SyntheticInstance instance)
    {
        const double millisecondsAFrame = 40;
        var (rows, columns, frames) = (instance.Options.Rows, instance.Options.Columns, instance.Options.Frames);
        instance.Set(DicomTags.ImageType, "ORIGINAL", "PRIMARY", "ABDOMINAL", "0001");
        instance.SetEmpty(DicomTags.PatientOrientation);
        instance.SetNumber(DicomTags.NumberOfFrames, frames);
        instance.SetDecimal(DicomTags.FrameTime, millisecondsAFrame);
        instance.Dataset.SetTags(DicomTags.FrameIncrementPointer, DicomTags.FrameTime);
        var loop = Enumerable.Range(0, frames).Select(frame => instance.Phantom.Render(rows, columns, (instance.InstanceNumber * 1000) + frame, 8 * Noise));
        PixelModules.SetGray8(instance.Dataset, [.. loop], rows, columns);
    }

    private static void ApplySC(SyntheticInstance instance)
    {
        instance.Set(DicomTags.ImageType, "DERIVED", "SECONDARY");
        instance.Set(DicomTags.ConversionType, "WSD");
        instance.SetEmpty(DicomTags.Laterality);
        instance.SetEmpty(DicomTags.PatientOrientation);
        PixelModules.SetRgb(instance.Dataset, Slice(instance), instance.Options.Rows, instance.Options.Columns);
    }

    private static double[] Slice(SyntheticInstance instance) =>
        instance.Phantom.Render(instance.Options.Rows, instance.Options.Columns, instance.InstanceNumber, Noise);
}
