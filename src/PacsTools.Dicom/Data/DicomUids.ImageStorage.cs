namespace PacsTools.Dicom.Data;

public static partial class DicomUids
{
    /// <summary>Computed Radiography Image Storage.</summary>
    public const string ComputedRadiographyImageStorage = "1.2.840.10008.5.1.4.1.1.1";

    /// <summary>Digital X-Ray Image Storage - For Presentation.</summary>
    public const string DigitalXRayImageStorageForPresentation = "1.2.840.10008.5.1.4.1.1.1.1";

    /// <summary>Digital X-Ray Image Storage - For Processing.</summary>
    public const string DigitalXRayImageStorageForProcessing = "1.2.840.10008.5.1.4.1.1.1.1.1";

    /// <summary>Digital Mammography X-Ray Image Storage - For Presentation.</summary>
    public const string DigitalMammographyXRayImageStorageForPresentation = "1.2.840.10008.5.1.4.1.1.1.2";

    /// <summary>Digital Mammography X-Ray Image Storage - For Processing.</summary>
    public const string DigitalMammographyXRayImageStorageForProcessing = "1.2.840.10008.5.1.4.1.1.1.2.1";

    /// <summary>Digital Intra-Oral X-Ray Image Storage - For Presentation.</summary>
    public const string DigitalIntraOralXRayImageStorageForPresentation = "1.2.840.10008.5.1.4.1.1.1.3";

    /// <summary>Digital Intra-Oral X-Ray Image Storage - For Processing.</summary>
    public const string DigitalIntraOralXRayImageStorageForProcessing = "1.2.840.10008.5.1.4.1.1.1.3.1";

    /// <summary>CT Image Storage.</summary>
    public const string CTImageStorage = "1.2.840.10008.5.1.4.1.1.2";

    /// <summary>Enhanced CT Image Storage.</summary>
    public const string EnhancedCTImageStorage = "1.2.840.10008.5.1.4.1.1.2.1";

    /// <summary>Legacy Converted Enhanced CT Image Storage.</summary>
    public const string LegacyConvertedEnhancedCTImageStorage = "1.2.840.10008.5.1.4.1.1.2.2";

    /// <summary>Ultrasound Multi-frame Image Storage.</summary>
    public const string UltrasoundMultiFrameImageStorage = "1.2.840.10008.5.1.4.1.1.3.1";

    /// <summary>MR Image Storage.</summary>
    public const string MRImageStorage = "1.2.840.10008.5.1.4.1.1.4";

    /// <summary>Enhanced MR Image Storage.</summary>
    public const string EnhancedMRImageStorage = "1.2.840.10008.5.1.4.1.1.4.1";

    /// <summary>MR Spectroscopy Storage.</summary>
    public const string MRSpectroscopyStorage = "1.2.840.10008.5.1.4.1.1.4.2";

    /// <summary>Enhanced MR Color Image Storage.</summary>
    public const string EnhancedMRColorImageStorage = "1.2.840.10008.5.1.4.1.1.4.3";

    /// <summary>Legacy Converted Enhanced MR Image Storage.</summary>
    public const string LegacyConvertedEnhancedMRImageStorage = "1.2.840.10008.5.1.4.1.1.4.4";

    /// <summary>Ultrasound Image Storage.</summary>
    public const string UltrasoundImageStorage = "1.2.840.10008.5.1.4.1.1.6.1";

    /// <summary>Enhanced US Volume Storage.</summary>
    public const string EnhancedUSVolumeStorage = "1.2.840.10008.5.1.4.1.1.6.2";

    /// <summary>Photoacoustic Image Storage.</summary>
    public const string PhotoacousticImageStorage = "1.2.840.10008.5.1.4.1.1.6.3";

    /// <summary>Secondary Capture Image Storage.</summary>
    public const string SecondaryCaptureImageStorage = "1.2.840.10008.5.1.4.1.1.7";

    /// <summary>Multi-frame Single Bit Secondary Capture Image Storage.</summary>
    public const string MultiFrameSingleBitSecondaryCaptureImageStorage = "1.2.840.10008.5.1.4.1.1.7.1";

    /// <summary>Multi-frame Grayscale Byte Secondary Capture Image Storage.</summary>
    public const string MultiFrameGrayscaleByteSecondaryCaptureImageStorage = "1.2.840.10008.5.1.4.1.1.7.2";

    /// <summary>Multi-frame Grayscale Word Secondary Capture Image Storage.</summary>
    public const string MultiFrameGrayscaleWordSecondaryCaptureImageStorage = "1.2.840.10008.5.1.4.1.1.7.3";

    /// <summary>Multi-frame True Color Secondary Capture Image Storage.</summary>
    public const string MultiFrameTrueColorSecondaryCaptureImageStorage = "1.2.840.10008.5.1.4.1.1.7.4";

    /// <summary>12-lead ECG Waveform Storage.</summary>
    public const string TwelveLeadECGWaveformStorage = "1.2.840.10008.5.1.4.1.1.9.1.1";

    /// <summary>General ECG Waveform Storage.</summary>
    public const string GeneralECGWaveformStorage = "1.2.840.10008.5.1.4.1.1.9.1.2";

    /// <summary>Ambulatory ECG Waveform Storage.</summary>
    public const string AmbulatoryECGWaveformStorage = "1.2.840.10008.5.1.4.1.1.9.1.3";

    /// <summary>General 32-bit ECG Waveform Storage.</summary>
    public const string General32bitECGWaveformStorage = "1.2.840.10008.5.1.4.1.1.9.1.4";

    /// <summary>Hemodynamic Waveform Storage.</summary>
    public const string HemodynamicWaveformStorage = "1.2.840.10008.5.1.4.1.1.9.2.1";

    /// <summary>Cardiac Electrophysiology Waveform Storage.</summary>
    public const string CardiacElectrophysiologyWaveformStorage = "1.2.840.10008.5.1.4.1.1.9.3.1";

    /// <summary>Basic Voice Audio Waveform Storage.</summary>
    public const string BasicVoiceAudioWaveformStorage = "1.2.840.10008.5.1.4.1.1.9.4.1";

    /// <summary>General Audio Waveform Storage.</summary>
    public const string GeneralAudioWaveformStorage = "1.2.840.10008.5.1.4.1.1.9.4.2";

    /// <summary>Arterial Pulse Waveform Storage.</summary>
    public const string ArterialPulseWaveformStorage = "1.2.840.10008.5.1.4.1.1.9.5.1";

    /// <summary>Respiratory Waveform Storage.</summary>
    public const string RespiratoryWaveformStorage = "1.2.840.10008.5.1.4.1.1.9.6.1";

    /// <summary>Multi-channel Respiratory Waveform Storage.</summary>
    public const string MultichannelRespiratoryWaveformStorage = "1.2.840.10008.5.1.4.1.1.9.6.2";

    /// <summary>Routine Scalp Electroencephalogram Waveform Storage.</summary>
    public const string RoutineScalpElectroencephalogramWaveformStorage = "1.2.840.10008.5.1.4.1.1.9.7.1";

    /// <summary>Electromyogram Waveform Storage.</summary>
    public const string ElectromyogramWaveformStorage = "1.2.840.10008.5.1.4.1.1.9.7.2";

    /// <summary>Electrooculogram Waveform Storage.</summary>
    public const string ElectrooculogramWaveformStorage = "1.2.840.10008.5.1.4.1.1.9.7.3";

    /// <summary>Sleep Electroencephalogram Waveform Storage.</summary>
    public const string SleepElectroencephalogramWaveformStorage = "1.2.840.10008.5.1.4.1.1.9.7.4";

    /// <summary>Body Position Waveform Storage.</summary>
    public const string BodyPositionWaveformStorage = "1.2.840.10008.5.1.4.1.1.9.8.1";

    /// <summary>Waveform Presentation State Storage.</summary>
    public const string WaveformPresentationStateStorage = "1.2.840.10008.5.1.4.1.1.9.100.1";

    /// <summary>Waveform Acquisition Presentation State Storage.</summary>
    public const string WaveformAcquisitionPresentationStateStorage = "1.2.840.10008.5.1.4.1.1.9.100.2";

    /// <summary>Grayscale Softcopy Presentation State Storage.</summary>
    public const string GrayscaleSoftcopyPresentationStateStorage = "1.2.840.10008.5.1.4.1.1.11.1";

    /// <summary>Color Softcopy Presentation State Storage.</summary>
    public const string ColorSoftcopyPresentationStateStorage = "1.2.840.10008.5.1.4.1.1.11.2";

    /// <summary>Pseudo-Color Softcopy Presentation State Storage.</summary>
    public const string PseudoColorSoftcopyPresentationStateStorage = "1.2.840.10008.5.1.4.1.1.11.3";

    /// <summary>Blending Softcopy Presentation State Storage.</summary>
    public const string BlendingSoftcopyPresentationStateStorage = "1.2.840.10008.5.1.4.1.1.11.4";

    /// <summary>XA/XRF Grayscale Softcopy Presentation State Storage.</summary>
    public const string XAXRFGrayscaleSoftcopyPresentationStateStorage = "1.2.840.10008.5.1.4.1.1.11.5";

    /// <summary>Grayscale Planar MPR Volumetric Presentation State Storage.</summary>
    public const string GrayscalePlanarMPRVolumetricPresentationStateStorage = "1.2.840.10008.5.1.4.1.1.11.6";

    /// <summary>Compositing Planar MPR Volumetric Presentation State Storage.</summary>
    public const string CompositingPlanarMPRVolumetricPresentationStateStorage = "1.2.840.10008.5.1.4.1.1.11.7";

    /// <summary>Advanced Blending Presentation State Storage.</summary>
    public const string AdvancedBlendingPresentationStateStorage = "1.2.840.10008.5.1.4.1.1.11.8";

    /// <summary>Volume Rendering Volumetric Presentation State Storage.</summary>
    public const string VolumeRenderingVolumetricPresentationStateStorage = "1.2.840.10008.5.1.4.1.1.11.9";

    /// <summary>Segmented Volume Rendering Volumetric Presentation State Storage.</summary>
    public const string SegmentedVolumeRenderingVolumetricPresentationStateStorage = "1.2.840.10008.5.1.4.1.1.11.10";

    /// <summary>Multiple Volume Rendering Volumetric Presentation State Storage.</summary>
    public const string MultipleVolumeRenderingVolumetricPresentationStateStorage = "1.2.840.10008.5.1.4.1.1.11.11";

    /// <summary>Variable Modality LUT Softcopy Presentation State Storage.</summary>
    public const string VariableModalityLUTSoftcopyPresentationStateStorage = "1.2.840.10008.5.1.4.1.1.11.12";

    /// <summary>X-Ray Angiographic Image Storage.</summary>
    public const string XRayAngiographicImageStorage = "1.2.840.10008.5.1.4.1.1.12.1";

    /// <summary>Enhanced XA Image Storage.</summary>
    public const string EnhancedXAImageStorage = "1.2.840.10008.5.1.4.1.1.12.1.1";

    /// <summary>X-Ray Radiofluoroscopic Image Storage.</summary>
    public const string XRayRadiofluoroscopicImageStorage = "1.2.840.10008.5.1.4.1.1.12.2";

    /// <summary>Enhanced XRF Image Storage.</summary>
    public const string EnhancedXRFImageStorage = "1.2.840.10008.5.1.4.1.1.12.2.1";

    /// <summary>X-Ray 3D Angiographic Image Storage.</summary>
    public const string XRay3DAngiographicImageStorage = "1.2.840.10008.5.1.4.1.1.13.1.1";

    /// <summary>X-Ray 3D Craniofacial Image Storage.</summary>
    public const string XRay3DCraniofacialImageStorage = "1.2.840.10008.5.1.4.1.1.13.1.2";

    /// <summary>Breast Tomosynthesis Image Storage.</summary>
    public const string BreastTomosynthesisImageStorage = "1.2.840.10008.5.1.4.1.1.13.1.3";

    /// <summary>Breast Projection X-Ray Image Storage - For Presentation.</summary>
    public const string BreastProjectionXRayImageStorageForPresentation = "1.2.840.10008.5.1.4.1.1.13.1.4";

    /// <summary>Breast Projection X-Ray Image Storage - For Processing.</summary>
    public const string BreastProjectionXRayImageStorageForProcessing = "1.2.840.10008.5.1.4.1.1.13.1.5";

    /// <summary>Intravascular Optical Coherence Tomography Image Storage - For Presentation.</summary>
    public const string IntravascularOpticalCoherenceTomographyImageStorageForPresentation = "1.2.840.10008.5.1.4.1.1.14.1";

    /// <summary>Intravascular Optical Coherence Tomography Image Storage - For Processing.</summary>
    public const string IntravascularOpticalCoherenceTomographyImageStorageForProcessing = "1.2.840.10008.5.1.4.1.1.14.2";

    /// <summary>Nuclear Medicine Image Storage.</summary>
    public const string NuclearMedicineImageStorage = "1.2.840.10008.5.1.4.1.1.20";

    /// <summary>Parametric Map Storage.</summary>
    public const string ParametricMapStorage = "1.2.840.10008.5.1.4.1.1.30";

    /// <summary>Raw Data Storage.</summary>
    public const string RawDataStorage = "1.2.840.10008.5.1.4.1.1.66";

    /// <summary>Spatial Registration Storage.</summary>
    public const string SpatialRegistrationStorage = "1.2.840.10008.5.1.4.1.1.66.1";

    /// <summary>Spatial Fiducials Storage.</summary>
    public const string SpatialFiducialsStorage = "1.2.840.10008.5.1.4.1.1.66.2";

    /// <summary>Deformable Spatial Registration Storage.</summary>
    public const string DeformableSpatialRegistrationStorage = "1.2.840.10008.5.1.4.1.1.66.3";

    /// <summary>Segmentation Storage.</summary>
    public const string SegmentationStorage = "1.2.840.10008.5.1.4.1.1.66.4";

    /// <summary>Surface Segmentation Storage.</summary>
    public const string SurfaceSegmentationStorage = "1.2.840.10008.5.1.4.1.1.66.5";

    /// <summary>Tractography Results Storage.</summary>
    public const string TractographyResultsStorage = "1.2.840.10008.5.1.4.1.1.66.6";

    /// <summary>Label Map Segmentation Storage.</summary>
    public const string LabelMapSegmentationStorage = "1.2.840.10008.5.1.4.1.1.66.7";

    /// <summary>Height Map Segmentation Storage.</summary>
    public const string HeightMapSegmentationStorage = "1.2.840.10008.5.1.4.1.1.66.8";

    /// <summary>Real World Value Mapping Storage.</summary>
    public const string RealWorldValueMappingStorage = "1.2.840.10008.5.1.4.1.1.67";

    /// <summary>Surface Scan Mesh Storage.</summary>
    public const string SurfaceScanMeshStorage = "1.2.840.10008.5.1.4.1.1.68.1";

    /// <summary>Surface Scan Point Cloud Storage.</summary>
    public const string SurfaceScanPointCloudStorage = "1.2.840.10008.5.1.4.1.1.68.2";

    /// <summary>VL Endoscopic Image Storage.</summary>
    public const string VLEndoscopicImageStorage = "1.2.840.10008.5.1.4.1.1.77.1.1";

    /// <summary>Video Endoscopic Image Storage.</summary>
    public const string VideoEndoscopicImageStorage = "1.2.840.10008.5.1.4.1.1.77.1.1.1";

    /// <summary>VL Microscopic Image Storage.</summary>
    public const string VLMicroscopicImageStorage = "1.2.840.10008.5.1.4.1.1.77.1.2";

    /// <summary>Video Microscopic Image Storage.</summary>
    public const string VideoMicroscopicImageStorage = "1.2.840.10008.5.1.4.1.1.77.1.2.1";

    /// <summary>VL Slide-Coordinates Microscopic Image Storage.</summary>
    public const string VLSlideCoordinatesMicroscopicImageStorage = "1.2.840.10008.5.1.4.1.1.77.1.3";

    /// <summary>VL Photographic Image Storage.</summary>
    public const string VLPhotographicImageStorage = "1.2.840.10008.5.1.4.1.1.77.1.4";

    /// <summary>Video Photographic Image Storage.</summary>
    public const string VideoPhotographicImageStorage = "1.2.840.10008.5.1.4.1.1.77.1.4.1";

    /// <summary>Ophthalmic Photography 8 Bit Image Storage.</summary>
    public const string OphthalmicPhotography8BitImageStorage = "1.2.840.10008.5.1.4.1.1.77.1.5.1";

    /// <summary>Ophthalmic Photography 16 Bit Image Storage.</summary>
    public const string OphthalmicPhotography16BitImageStorage = "1.2.840.10008.5.1.4.1.1.77.1.5.2";

    /// <summary>Stereometric Relationship Storage.</summary>
    public const string StereometricRelationshipStorage = "1.2.840.10008.5.1.4.1.1.77.1.5.3";

    /// <summary>Ophthalmic Tomography Image Storage.</summary>
    public const string OphthalmicTomographyImageStorage = "1.2.840.10008.5.1.4.1.1.77.1.5.4";

    /// <summary>Wide Field Ophthalmic Photography Stereographic Projection Image Storage.</summary>
    public const string WideFieldOphthalmicPhotographyStereographicProjectionImageStorage = "1.2.840.10008.5.1.4.1.1.77.1.5.5";

    /// <summary>Wide Field Ophthalmic Photography 3D Coordinates Image Storage.</summary>
    public const string WideFieldOphthalmicPhotography3DCoordinatesImageStorage = "1.2.840.10008.5.1.4.1.1.77.1.5.6";

    /// <summary>Ophthalmic Optical Coherence Tomography En Face Image Storage.</summary>
    public const string OphthalmicOpticalCoherenceTomographyEnFaceImageStorage = "1.2.840.10008.5.1.4.1.1.77.1.5.7";

    /// <summary>Ophthalmic Optical Coherence Tomography B-scan Volume Analysis Storage.</summary>
    public const string OphthalmicOpticalCoherenceTomographyBscanVolumeAnalysisStorage = "1.2.840.10008.5.1.4.1.1.77.1.5.8";

    /// <summary>VL Whole Slide Microscopy Image Storage.</summary>
    public const string VLWholeSlideMicroscopyImageStorage = "1.2.840.10008.5.1.4.1.1.77.1.6";

    /// <summary>Dermoscopic Photography Image Storage.</summary>
    public const string DermoscopicPhotographyImageStorage = "1.2.840.10008.5.1.4.1.1.77.1.7";

    /// <summary>Confocal Microscopy Image Storage.</summary>
    public const string ConfocalMicroscopyImageStorage = "1.2.840.10008.5.1.4.1.1.77.1.8";

    /// <summary>Confocal Microscopy Tiled Pyramidal Image Storage.</summary>
    public const string ConfocalMicroscopyTiledPyramidalImageStorage = "1.2.840.10008.5.1.4.1.1.77.1.9";

    /// <summary>Lensometry Measurements Storage.</summary>
    public const string LensometryMeasurementsStorage = "1.2.840.10008.5.1.4.1.1.78.1";

    /// <summary>Autorefraction Measurements Storage.</summary>
    public const string AutorefractionMeasurementsStorage = "1.2.840.10008.5.1.4.1.1.78.2";

    /// <summary>Keratometry Measurements Storage.</summary>
    public const string KeratometryMeasurementsStorage = "1.2.840.10008.5.1.4.1.1.78.3";

    /// <summary>Subjective Refraction Measurements Storage.</summary>
    public const string SubjectiveRefractionMeasurementsStorage = "1.2.840.10008.5.1.4.1.1.78.4";

    /// <summary>Visual Acuity Measurements Storage.</summary>
    public const string VisualAcuityMeasurementsStorage = "1.2.840.10008.5.1.4.1.1.78.5";

    /// <summary>Spectacle Prescription Report Storage.</summary>
    public const string SpectaclePrescriptionReportStorage = "1.2.840.10008.5.1.4.1.1.78.6";

    /// <summary>Ophthalmic Axial Measurements Storage.</summary>
    public const string OphthalmicAxialMeasurementsStorage = "1.2.840.10008.5.1.4.1.1.78.7";

    /// <summary>Intraocular Lens Calculations Storage.</summary>
    public const string IntraocularLensCalculationsStorage = "1.2.840.10008.5.1.4.1.1.78.8";

    /// <summary>Macular Grid Thickness and Volume Report Storage.</summary>
    public const string MacularGridThicknessAndVolumeReportStorage = "1.2.840.10008.5.1.4.1.1.79.1";

    /// <summary>Ophthalmic Visual Field Static Perimetry Measurements Storage.</summary>
    public const string OphthalmicVisualFieldStaticPerimetryMeasurementsStorage = "1.2.840.10008.5.1.4.1.1.80.1";

    /// <summary>Ophthalmic Thickness Map Storage.</summary>
    public const string OphthalmicThicknessMapStorage = "1.2.840.10008.5.1.4.1.1.81.1";

    /// <summary>Corneal Topography Map Storage.</summary>
    public const string CornealTopographyMapStorage = "1.2.840.10008.5.1.4.1.1.82.1";
}
