using System.Globalization;
using PacsTools.Dicom.Data;

namespace PacsTools.Services.Simulation.TestData;

/// <summary>A worklist item as a scheduler has it (PS3.4 K.6.1.2.2, the attributes of type 1 and 2).</summary>
internal static class SyntheticWorklist
{
    public static DicomDataset Create(int seed, SyntheticModality modality, DateTime scheduled)
    {
        var header = new SyntheticHeader(new SyntheticStudyOptions { Seed = seed, Modality = modality, StudyDate = scheduled.Date });
        var number = seed.ToString(CultureInfo.InvariantCulture);
        var step = new DicomDataset();
        step.SetString(DicomTags.Modality, modality == SyntheticModality.SC ? "OT" : modality.ToString());
        step.SetString(DicomTags.ScheduledStationAETitle, "SYN" + modality);
        step.SetString(DicomTags.ScheduledStationName, "SYN" + modality);
        step.SetString(DicomTags.ScheduledProcedureStepStartDate, SyntheticHeader.Date(scheduled));
        step.SetString(DicomTags.ScheduledProcedureStepStartTime, SyntheticHeader.Time(scheduled.TimeOfDay));
        step.SetString(DicomTags.ScheduledPerformingPhysicianName, "PERFORMER^PAT");
        step.SetString(DicomTags.ScheduledProcedureStepDescription, header.StudyDescription);
        step.SetString(DicomTags.ScheduledProcedureStepID, "SPS" + number);
        step.SetString(DicomTags.ScheduledProcedureStepStatus, "SCHEDULED");
        step.SetString(DicomTags.ScheduledProcedureStepLocation, "ROOM 1");

        var item = new DicomDataset();
        item.SetString(DicomTags.AccessionNumber, header.AccessionNumber);
        item.SetString(DicomTags.ReferringPhysicianName, header.ReferringPhysicianName);
        item.SetString(DicomTags.PatientName, header.PatientName);
        item.SetString(DicomTags.PatientID, header.PatientID);
        item.SetString(DicomTags.PatientBirthDate, SyntheticHeader.Date(header.BirthDate));
        item.SetString(DicomTags.PatientSex, header.Sex);
        item.SetString(DicomTags.StudyInstanceUID, header.StudyInstanceUID);
        item.SetString(DicomTags.RequestingPhysician, header.ReferringPhysicianName);
        item.SetString(DicomTags.RequestedProcedureDescription, header.StudyDescription);
        item.SetString(DicomTags.RequestedProcedureID, "RP" + number);
        item.SetString(DicomTags.RequestedProcedurePriority, "ROUTINE");
        item.SetItems(DicomTags.ScheduledProcedureStepSequence, step);
        return item;
    }
}
