using PacsTools.Dicom.Data;
using PacsTools.Dicom.Network;

namespace PacsTools.Services.Retrieve;

/// <summary>
/// The contexts to propose for a C-GET, with us as SCP (PS3.4 C.5.3, PS3.7 D.3.3.4): every storage class the archive named, or the commonest where it
/// did not name them all. Each compressed syntax gets a context of its own, since an acceptor may choose only one of those in a context; where there is room, implicit VR
/// gets one too, for archives that choose explicit VR and then do not convert what they keep.
/// </summary>
internal static class StorageContexts
{
    /// <summary>PS3.8 9.3.2.2 leaves room for 128; one is the C-GET's own.</summary>
    public const int Max = 127;

    private static readonly string[] s_native = [DicomUids.ExplicitVRLittleEndian, DicomUids.ImplicitVRLittleEndian];

    // By how often archives keep instances in them.
    private static readonly string[] s_others =
    [
        DicomUids.JPEGLosslessSV1, DicomUids.JPEG2000Lossless, DicomUids.JPEGBaseline8Bit, DicomUids.JPEG2000, DicomUids.JPEGLSLossless, DicomUids.RLELossless,
        DicomUids.JPEGExtended12Bit, DicomUids.JPEGLSNearLossless, DicomUids.JPEGLossless, DicomUids.HTJ2KLossless, DicomUids.HTJ2K, DicomUids.MPEG2MPML,
        DicomUids.MPEG2MPHL, DicomUids.MPEG4HP41, DicomUids.MPEG4HP41BD, DicomUids.HEVCMP51, DicomUids.ImplicitVRLittleEndian, DicomUids.DeflatedExplicitVRLittleEndian,
        DicomUids.ExplicitVRBigEndian,
    ];

    private static readonly string[] s_commonest =
    [
        DicomUids.CTImageStorage, DicomUids.MRImageStorage, DicomUids.SecondaryCaptureImageStorage, DicomUids.ComputedRadiographyImageStorage,
        DicomUids.DigitalXRayImageStorageForPresentation, DicomUids.UltrasoundImageStorage, DicomUids.UltrasoundMultiFrameImageStorage,
        DicomUids.GrayscaleSoftcopyPresentationStateStorage, DicomUids.XRayRadiationDoseSRStorage, DicomUids.BasicTextSRStorage, DicomUids.EnhancedSRStorage,
        DicomUids.ComprehensiveSRStorage, DicomUids.KeyObjectSelectionDocumentStorage, DicomUids.EncapsulatedPDFStorage, DicomUids.XRayAngiographicImageStorage,
        DicomUids.XRayRadiofluoroscopicImageStorage, DicomUids.DigitalMammographyXRayImageStorageForPresentation, DicomUids.BreastTomosynthesisImageStorage,
        DicomUids.PositronEmissionTomographyImageStorage, DicomUids.NuclearMedicineImageStorage, DicomUids.EnhancedCTImageStorage, DicomUids.EnhancedMRImageStorage,
        DicomUids.RTImageStorage, DicomUids.RTDoseStorage, DicomUids.RTStructureSetStorage, DicomUids.RTPlanStorage, DicomUids.SegmentationStorage,
        DicomUids.SpatialRegistrationStorage, DicomUids.RawDataStorage, DicomUids.OphthalmicTomographyImageStorage, DicomUids.VLPhotographicImageStorage,
        DicomUids.VLEndoscopicImageStorage, DicomUids.VLWholeSlideMicroscopyImageStorage, DicomUids.MultiFrameGrayscaleByteSecondaryCaptureImageStorage,
        DicomUids.MultiFrameTrueColorSecondaryCaptureImageStorage, DicomUids.TwelveLeadECGWaveformStorage,
    ];

    /// <summary>The contexts for what is still to come of a set.</summary>
    public static IReadOnlyList<ProposedContext> For(ExpectedSet set)
    {
        var named = set.Instances.Values.Where(i => i.SOPClassUID is not null).GroupBy(i => i.SOPClassUID!).OrderByDescending(g => g.Count()).Select(g => g.Key).ToList();
        var isWhole = set is { IsNamed: true, Instances.Count: > 0 } && set.Instances.Values.All(i => i.SOPClassUID is not null);
        var classes = (isWhole ? named : named.Concat(s_commonest).Distinct()).Take(Max).ToList();
        var contexts = classes.ConvertAll(c => Context(c, s_native));
        foreach (var syntax in s_others)
            contexts.AddRange(classes.Take(Max - contexts.Count).Select(c => Context(c, [syntax])));
        return contexts;
    }

    private static ProposedContext Context(string sopClass, string[] syntaxes) => new(sopClass, syntaxes) { ScuRole = false, ScpRole = true };
}
