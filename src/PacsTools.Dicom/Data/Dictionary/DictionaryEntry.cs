namespace PacsTools.Dicom.Data;

/// <summary>One line of the data dictionary (PS3.6 6 to 9, PS3.7 E).</summary>
/// <param name="Tag">The tag; for a repeating group the one asked for, or the first of the group where a keyword was asked for.</param>
/// <param name="TagPattern">The tag as the standard prints it, such as <c>(0010,0010)</c> or <c>(60xx,3000)</c>.</param>
/// <param name="Keyword">The keyword, such as <c>PatientName</c>.</param>
/// <param name="Name">The name, such as <c>Patient's Name</c>.</param>
/// <param name="VRs">The value representations allowed; several where the pixel data decides, none for items and delimiters.</param>
/// <param name="VM">The value multiplicity as the standard prints it, such as <c>1</c>, <c>1-n</c> or <c>2-2n</c>.</param>
/// <param name="IsRetired">Whether the standard has retired the attribute.</param>
public sealed record DictionaryEntry(DicomTag Tag, string TagPattern, string Keyword, string Name, IReadOnlyList<DicomVR> VRs, string VM, bool IsRetired)
{
    /// <summary>The VR to write where nothing else decides: the first allowed, OW where it is among them; UN for items and delimiters.</summary>
    public DicomVR DefaultVR => VRs.Count == 0 ? DicomVR.UN : VRs.Contains(DicomVR.OW) ? DicomVR.OW : VRs[0];

    /// <summary>Whether the entry stands for many tags, such as the overlays of groups 6000 to 601E.</summary>
    public bool IsRepeating => TagPattern.Contains('x');
}
