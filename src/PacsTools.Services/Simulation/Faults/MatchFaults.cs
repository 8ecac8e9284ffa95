using PacsTools.Dicom.Data;

namespace PacsTools.Services.Simulation;

/// <summary>What faults do to the identifier of a match.</summary>
internal static class MatchFaults
{
    public static void Apply(SimulatorFaults faults, DicomDataset match)
    {
        if (faults.IllegalValues)
            SpoilValues(match);
        if (faults.WrongCharacterSet is { } claimed)
            Misdeclare(match, claimed);
    }

    /// <summary>Values of the kind archives are known to send: no date, no time, no number. What identifies stays, or nothing could be retrieved.</summary>
    private static void SpoilValues(DicomDataset match)
    {
        foreach (var element in match.ToArray())
        {
            var illegal = element.VR switch
            {
                DicomVR.DA => "20241341",
                DicomVR.TM => "256199",
                DicomVR.DT => "2024134125",
                DicomVR.IS => "1O",
                DicomVR.DS => "1,5",
                _ => null,
            };
            if (illegal is not null)
                match.SetBytes(element.Tag, element.VR, System.Text.Encoding.ASCII.GetBytes(illegal.Length % 2 == 0 ? illegal : illegal + " "));
        }
    }

    /// <summary>Keeps the bytes of every text and declares another set for them.</summary>
    private static void Misdeclare(DicomDataset match, string claimed)
    {
        var bytes = new Dictionary<DicomTag, (DicomVR VR, ReadOnlyMemory<byte> Value)>();
        foreach (var element in match)
        {
            if (element.VR.UsesCharacterSet())
                bytes[element.Tag] = (element.VR, element.Value);
        }

        match.SetString(DicomTags.SpecificCharacterSet, claimed.Split('\\'));
        foreach (var (tag, (vr, value)) in bytes)
            match.SetBytes(tag, vr, value);
    }
}
