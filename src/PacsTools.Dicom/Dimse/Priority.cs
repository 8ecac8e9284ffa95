namespace PacsTools.Dicom.Dimse;

/// <summary>Priority (0000,0700) of a C-STORE, C-FIND, C-GET or C-MOVE (PS3.7 E.1). Few peers heed it.</summary>
public enum Priority : ushort
{
    /// <summary>The usual one.</summary>
    Medium = 0,

    /// <summary>Before others.</summary>
    High = 1,

    /// <summary>After others.</summary>
    Low = 2,
}
