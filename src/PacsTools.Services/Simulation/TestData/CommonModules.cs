using System.Globalization;
using PacsTools.Dicom.Data;

namespace PacsTools.Services.Simulation.TestData;

/// <summary>The modules every instance has, and those every image has (PS3.3 C.7, C.12.1).</summary>
internal static class CommonModules
{
    private static readonly Dictionary<SyntheticModality, (string SopClass, string Modality, string BodyPart)> s_kinds = new()
    {
        [SyntheticModality.CT] = (DicomUids.CTImageStorage, "CT", "HEAD"),
        [SyntheticModality.MR] = (DicomUids.MRImageStorage, "MR", "BRAIN"),
        [SyntheticModality.CR] = (DicomUids.ComputedRadiographyImageStorage, "CR", "CHEST"),
        [SyntheticModality.US] = (DicomUids.UltrasoundMultiFrameImageStorage, "US", "ABDOMEN"),
        [SyntheticModality.SR] = (DicomUids.BasicTextSRStorage, "SR", ""),
        [SyntheticModality.SC] = (DicomUids.SecondaryCaptureImageStorage, "OT", ""),
    };

    public static string SopClassOf(SyntheticModality modality) => s_kinds[modality].SopClass;

    /// <summary>Patient, General Study, General Series, General Equipment and SOP Common.</summary>
    public static void Apply(SyntheticInstance instance)
    {
        var (sopClass, modality, bodyPart) = s_kinds[instance.Options.Modality];
        var header = instance.Header;
        header.Apply(instance.Dataset);
        var seriesTime = header.StudyTime + TimeSpan.FromMinutes(instance.SeriesNumber);
        instance.Set(DicomTags.SOPClassUID, sopClass);
        instance.Set(DicomTags.SOPInstanceUID, instance.SOPInstanceUID);
        instance.Set(DicomTags.InstanceCreationDate, SyntheticHeader.Date(header.StudyDate));
        instance.Set(DicomTags.InstanceCreationTime, SyntheticHeader.Time(seriesTime));
        instance.Set(DicomTags.Modality, modality);
        instance.Set(DicomTags.SeriesInstanceUID, instance.SeriesInstanceUID);
        instance.SetNumber(DicomTags.SeriesNumber, instance.SeriesNumber);
        instance.Set(DicomTags.SeriesDate, SyntheticHeader.Date(header.StudyDate));
        instance.Set(DicomTags.SeriesTime, SyntheticHeader.Time(seriesTime));
        instance.Set(DicomTags.SeriesDescription, string.Create(CultureInfo.InvariantCulture, $"{modality} series {instance.SeriesNumber}"));
        instance.Set(DicomTags.Manufacturer, "PacsTools");
        instance.Set(DicomTags.ManufacturerModelName, "Synthetic " + modality);
        instance.Set(DicomTags.InstitutionName, "Synthetic Hospital");
        instance.Set(DicomTags.StationName, "SYN" + modality);
        instance.Set(DicomTags.DeviceSerialNumber, "1");
        instance.Set(DicomTags.SoftwareVersions, "1");
        instance.SetNumber(DicomTags.InstanceNumber, instance.InstanceNumber);
        if (bodyPart.Length > 0)
            instance.Set(DicomTags.BodyPartExamined, bodyPart);
        if (instance.Options.Modality != SyntheticModality.SR)
            ApplyImage(instance, seriesTime);
    }

    /// <summary>Frame of Reference and Image Plane: slices one below the other.</summary>
    public static void ApplyPlane(SyntheticInstance instance)
    {
        const double thickness = 5;
        const double fieldOfView = 250;
        var position = thickness * (instance.InstanceNumber - 1);
        var (rows, columns) = (instance.Options.Rows, instance.Options.Columns);
        instance.Set(DicomTags.FrameOfReferenceUID, SeededNumbers.Uid("frame of reference", instance.Header.StudyInstanceUID));
        instance.SetEmpty(DicomTags.PositionReferenceIndicator);
        instance.Set(DicomTags.PatientPosition, "HFS");
        instance.SetDecimal(DicomTags.PixelSpacing, fieldOfView / rows, fieldOfView / columns);
        instance.SetDecimal(DicomTags.ImageOrientationPatient, 1, 0, 0, 0, 1, 0);
        instance.SetDecimal(DicomTags.ImagePositionPatient, -fieldOfView / 2, -fieldOfView / 2, position);
        instance.SetDecimal(DicomTags.SliceThickness, thickness);
        instance.SetDecimal(DicomTags.SliceLocation, position);
    }

    private static void ApplyImage(SyntheticInstance instance, TimeSpan seriesTime)
    {
        var time = SyntheticHeader.Time(seriesTime + TimeSpan.FromSeconds(instance.InstanceNumber));
        var date = SyntheticHeader.Date(instance.Header.StudyDate);
        instance.Set(DicomTags.ContentDate, date);
        instance.Set(DicomTags.ContentTime, time);
        instance.Set(DicomTags.AcquisitionDate, date);
        instance.Set(DicomTags.AcquisitionTime, time);
        instance.SetNumber(DicomTags.AcquisitionNumber, 1);
        instance.Set(DicomTags.BurnedInAnnotation, "NO");
        instance.Set(DicomTags.LossyImageCompression, "00");
        instance.Set(DicomTags.ProtocolName, "SYNTHETIC");
        instance.Set(DicomTags.OperatorsName, "OPERATOR^OLIVER");
    }
}
