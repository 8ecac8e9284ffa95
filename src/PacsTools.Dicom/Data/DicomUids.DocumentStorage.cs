namespace PacsTools.Dicom.Data;

public static partial class DicomUids
{
    /// <summary>Basic Text SR Storage.</summary>
    public const string BasicTextSRStorage = "1.2.840.10008.5.1.4.1.1.88.11";

    /// <summary>Enhanced SR Storage.</summary>
    public const string EnhancedSRStorage = "1.2.840.10008.5.1.4.1.1.88.22";

    /// <summary>Comprehensive SR Storage.</summary>
    public const string ComprehensiveSRStorage = "1.2.840.10008.5.1.4.1.1.88.33";

    /// <summary>Comprehensive 3D SR Storage.</summary>
    public const string Comprehensive3DSRStorage = "1.2.840.10008.5.1.4.1.1.88.34";

    /// <summary>Extensible SR Storage.</summary>
    public const string ExtensibleSRStorage = "1.2.840.10008.5.1.4.1.1.88.35";

    /// <summary>Procedure Log Storage.</summary>
    public const string ProcedureLogStorage = "1.2.840.10008.5.1.4.1.1.88.40";

    /// <summary>Mammography CAD SR Storage.</summary>
    public const string MammographyCADSRStorage = "1.2.840.10008.5.1.4.1.1.88.50";

    /// <summary>Key Object Selection Document Storage.</summary>
    public const string KeyObjectSelectionDocumentStorage = "1.2.840.10008.5.1.4.1.1.88.59";

    /// <summary>Chest CAD SR Storage.</summary>
    public const string ChestCADSRStorage = "1.2.840.10008.5.1.4.1.1.88.65";

    /// <summary>X-Ray Radiation Dose SR Storage.</summary>
    public const string XRayRadiationDoseSRStorage = "1.2.840.10008.5.1.4.1.1.88.67";

    /// <summary>Radiopharmaceutical Radiation Dose SR Storage.</summary>
    public const string RadiopharmaceuticalRadiationDoseSRStorage = "1.2.840.10008.5.1.4.1.1.88.68";

    /// <summary>Colon CAD SR Storage.</summary>
    public const string ColonCADSRStorage = "1.2.840.10008.5.1.4.1.1.88.69";

    /// <summary>Implantation Plan SR Storage.</summary>
    public const string ImplantationPlanSRStorage = "1.2.840.10008.5.1.4.1.1.88.70";

    /// <summary>Acquisition Context SR Storage.</summary>
    public const string AcquisitionContextSRStorage = "1.2.840.10008.5.1.4.1.1.88.71";

    /// <summary>Simplified Adult Echo SR Storage.</summary>
    public const string SimplifiedAdultEchoSRStorage = "1.2.840.10008.5.1.4.1.1.88.72";

    /// <summary>Patient Radiation Dose SR Storage.</summary>
    public const string PatientRadiationDoseSRStorage = "1.2.840.10008.5.1.4.1.1.88.73";

    /// <summary>Planned Imaging Agent Administration SR Storage.</summary>
    public const string PlannedImagingAgentAdministrationSRStorage = "1.2.840.10008.5.1.4.1.1.88.74";

    /// <summary>Performed Imaging Agent Administration SR Storage.</summary>
    public const string PerformedImagingAgentAdministrationSRStorage = "1.2.840.10008.5.1.4.1.1.88.75";

    /// <summary>Enhanced X-Ray Radiation Dose SR Storage.</summary>
    public const string EnhancedXRayRadiationDoseSRStorage = "1.2.840.10008.5.1.4.1.1.88.76";

    /// <summary>Waveform Annotation SR Storage.</summary>
    public const string WaveformAnnotationSRStorage = "1.2.840.10008.5.1.4.1.1.88.77";

    /// <summary>Content Assessment Results Storage.</summary>
    public const string ContentAssessmentResultsStorage = "1.2.840.10008.5.1.4.1.1.90.1";

    /// <summary>Microscopy Bulk Simple Annotations Storage.</summary>
    public const string MicroscopyBulkSimpleAnnotationsStorage = "1.2.840.10008.5.1.4.1.1.91.1";

    /// <summary>Encapsulated PDF Storage.</summary>
    public const string EncapsulatedPDFStorage = "1.2.840.10008.5.1.4.1.1.104.1";

    /// <summary>Encapsulated CDA Storage.</summary>
    public const string EncapsulatedCDAStorage = "1.2.840.10008.5.1.4.1.1.104.2";

    /// <summary>Encapsulated STL Storage.</summary>
    public const string EncapsulatedSTLStorage = "1.2.840.10008.5.1.4.1.1.104.3";

    /// <summary>Encapsulated OBJ Storage.</summary>
    public const string EncapsulatedOBJStorage = "1.2.840.10008.5.1.4.1.1.104.4";

    /// <summary>Encapsulated MTL Storage.</summary>
    public const string EncapsulatedMTLStorage = "1.2.840.10008.5.1.4.1.1.104.5";

    /// <summary>Positron Emission Tomography Image Storage.</summary>
    public const string PositronEmissionTomographyImageStorage = "1.2.840.10008.5.1.4.1.1.128";

    /// <summary>Legacy Converted Enhanced PET Image Storage.</summary>
    public const string LegacyConvertedEnhancedPETImageStorage = "1.2.840.10008.5.1.4.1.1.128.1";

    /// <summary>Enhanced PET Image Storage.</summary>
    public const string EnhancedPETImageStorage = "1.2.840.10008.5.1.4.1.1.130";

    /// <summary>Basic Structured Display Storage.</summary>
    public const string BasicStructuredDisplayStorage = "1.2.840.10008.5.1.4.1.1.131";

    /// <summary>CT Defined Procedure Protocol Storage.</summary>
    public const string CTDefinedProcedureProtocolStorage = "1.2.840.10008.5.1.4.1.1.200.1";

    /// <summary>CT Performed Procedure Protocol Storage.</summary>
    public const string CTPerformedProcedureProtocolStorage = "1.2.840.10008.5.1.4.1.1.200.2";

    /// <summary>Protocol Approval Storage.</summary>
    public const string ProtocolApprovalStorage = "1.2.840.10008.5.1.4.1.1.200.3";

    /// <summary>XA Defined Procedure Protocol Storage.</summary>
    public const string XADefinedProcedureProtocolStorage = "1.2.840.10008.5.1.4.1.1.200.7";

    /// <summary>XA Performed Procedure Protocol Storage.</summary>
    public const string XAPerformedProcedureProtocolStorage = "1.2.840.10008.5.1.4.1.1.200.8";

    /// <summary>Inventory Storage.</summary>
    public const string InventoryStorage = "1.2.840.10008.5.1.4.1.1.201.1";

    /// <summary>RT Image Storage.</summary>
    public const string RTImageStorage = "1.2.840.10008.5.1.4.1.1.481.1";

    /// <summary>RT Dose Storage.</summary>
    public const string RTDoseStorage = "1.2.840.10008.5.1.4.1.1.481.2";

    /// <summary>RT Structure Set Storage.</summary>
    public const string RTStructureSetStorage = "1.2.840.10008.5.1.4.1.1.481.3";

    /// <summary>RT Beams Treatment Record Storage.</summary>
    public const string RTBeamsTreatmentRecordStorage = "1.2.840.10008.5.1.4.1.1.481.4";

    /// <summary>RT Plan Storage.</summary>
    public const string RTPlanStorage = "1.2.840.10008.5.1.4.1.1.481.5";

    /// <summary>RT Brachy Treatment Record Storage.</summary>
    public const string RTBrachyTreatmentRecordStorage = "1.2.840.10008.5.1.4.1.1.481.6";

    /// <summary>RT Treatment Summary Record Storage.</summary>
    public const string RTTreatmentSummaryRecordStorage = "1.2.840.10008.5.1.4.1.1.481.7";

    /// <summary>RT Ion Plan Storage.</summary>
    public const string RTIonPlanStorage = "1.2.840.10008.5.1.4.1.1.481.8";

    /// <summary>RT Ion Beams Treatment Record Storage.</summary>
    public const string RTIonBeamsTreatmentRecordStorage = "1.2.840.10008.5.1.4.1.1.481.9";

    /// <summary>RT Physician Intent Storage.</summary>
    public const string RTPhysicianIntentStorage = "1.2.840.10008.5.1.4.1.1.481.10";

    /// <summary>RT Segment Annotation Storage.</summary>
    public const string RTSegmentAnnotationStorage = "1.2.840.10008.5.1.4.1.1.481.11";

    /// <summary>RT Radiation Set Storage.</summary>
    public const string RTRadiationSetStorage = "1.2.840.10008.5.1.4.1.1.481.12";

    /// <summary>C-Arm Photon-Electron Radiation Storage.</summary>
    public const string CArmPhotonElectronRadiationStorage = "1.2.840.10008.5.1.4.1.1.481.13";

    /// <summary>Tomotherapeutic Radiation Storage.</summary>
    public const string TomotherapeuticRadiationStorage = "1.2.840.10008.5.1.4.1.1.481.14";

    /// <summary>Robotic-Arm Radiation Storage.</summary>
    public const string RoboticArmRadiationStorage = "1.2.840.10008.5.1.4.1.1.481.15";

    /// <summary>RT Radiation Record Set Storage.</summary>
    public const string RTRadiationRecordSetStorage = "1.2.840.10008.5.1.4.1.1.481.16";

    /// <summary>RT Radiation Salvage Record Storage.</summary>
    public const string RTRadiationSalvageRecordStorage = "1.2.840.10008.5.1.4.1.1.481.17";

    /// <summary>Tomotherapeutic Radiation Record Storage.</summary>
    public const string TomotherapeuticRadiationRecordStorage = "1.2.840.10008.5.1.4.1.1.481.18";

    /// <summary>C-Arm Photon-Electron Radiation Record Storage.</summary>
    public const string CArmPhotonElectronRadiationRecordStorage = "1.2.840.10008.5.1.4.1.1.481.19";

    /// <summary>Robotic Radiation Record Storage.</summary>
    public const string RoboticRadiationRecordStorage = "1.2.840.10008.5.1.4.1.1.481.20";

    /// <summary>RT Radiation Set Delivery Instruction Storage.</summary>
    public const string RTRadiationSetDeliveryInstructionStorage = "1.2.840.10008.5.1.4.1.1.481.21";

    /// <summary>RT Treatment Preparation Storage.</summary>
    public const string RTTreatmentPreparationStorage = "1.2.840.10008.5.1.4.1.1.481.22";

    /// <summary>Enhanced RT Image Storage.</summary>
    public const string EnhancedRTImageStorage = "1.2.840.10008.5.1.4.1.1.481.23";

    /// <summary>Enhanced Continuous RT Image Storage.</summary>
    public const string EnhancedContinuousRTImageStorage = "1.2.840.10008.5.1.4.1.1.481.24";

    /// <summary>RT Patient Position Acquisition Instruction Storage.</summary>
    public const string RTPatientPositionAcquisitionInstructionStorage = "1.2.840.10008.5.1.4.1.1.481.25";

    /// <summary>DICOS CT Image Storage.</summary>
    public const string DICOSCTImageStorage = "1.2.840.10008.5.1.4.1.1.501.1";

    /// <summary>DICOS Digital X-Ray Image Storage - For Presentation.</summary>
    public const string DICOSDigitalXRayImageStorageForPresentation = "1.2.840.10008.5.1.4.1.1.501.2.1";

    /// <summary>DICOS Digital X-Ray Image Storage - For Processing.</summary>
    public const string DICOSDigitalXRayImageStorageForProcessing = "1.2.840.10008.5.1.4.1.1.501.2.2";

    /// <summary>DICOS Threat Detection Report Storage.</summary>
    public const string DICOSThreatDetectionReportStorage = "1.2.840.10008.5.1.4.1.1.501.3";

    /// <summary>DICOS 2D AIT Storage.</summary>
    public const string DICOS2DAITStorage = "1.2.840.10008.5.1.4.1.1.501.4";

    /// <summary>DICOS 3D AIT Storage.</summary>
    public const string DICOS3DAITStorage = "1.2.840.10008.5.1.4.1.1.501.5";

    /// <summary>DICOS Quadrupole Resonance (QR) Storage.</summary>
    public const string DICOSQuadrupoleResonanceStorage = "1.2.840.10008.5.1.4.1.1.501.6";

    /// <summary>Eddy Current Image Storage.</summary>
    public const string EddyCurrentImageStorage = "1.2.840.10008.5.1.4.1.1.601.1";

    /// <summary>Eddy Current Multi-frame Image Storage.</summary>
    public const string EddyCurrentMultiFrameImageStorage = "1.2.840.10008.5.1.4.1.1.601.2";

    /// <summary>Thermography Image Storage.</summary>
    public const string ThermographyImageStorage = "1.2.840.10008.5.1.4.1.1.601.3";

    /// <summary>Thermography Multi-frame Image Storage.</summary>
    public const string ThermographyMultiFrameImageStorage = "1.2.840.10008.5.1.4.1.1.601.4";

    /// <summary>Ultrasound Waveform Storage.</summary>
    public const string UltrasoundWaveformStorage = "1.2.840.10008.5.1.4.1.1.601.5";

    /// <summary>RT Beams Delivery Instruction Storage.</summary>
    public const string RTBeamsDeliveryInstructionStorage = "1.2.840.10008.5.1.4.34.7";

    /// <summary>RT Brachy Application Setup Delivery Instruction Storage.</summary>
    public const string RTBrachyApplicationSetupDeliveryInstructionStorage = "1.2.840.10008.5.1.4.34.10";

    /// <summary>Hanging Protocol Storage.</summary>
    public const string HangingProtocolStorage = "1.2.840.10008.5.1.4.38.1";

    /// <summary>Color Palette Storage.</summary>
    public const string ColorPaletteStorage = "1.2.840.10008.5.1.4.39.1";

    /// <summary>Generic Implant Template Storage.</summary>
    public const string GenericImplantTemplateStorage = "1.2.840.10008.5.1.4.43.1";

    /// <summary>Implant Assembly Template Storage.</summary>
    public const string ImplantAssemblyTemplateStorage = "1.2.840.10008.5.1.4.44.1";

    /// <summary>Implant Template Group Storage.</summary>
    public const string ImplantTemplateGroupStorage = "1.2.840.10008.5.1.4.45.1";
}
