namespace PacsTools.Dicom.Dimse;

/// <summary>The classes of status codes (PS3.7 C).</summary>
public enum DimseStatusClass
{
    /// <summary>Done (C.1).</summary>
    Success,

    /// <summary>Going on; more responses follow (C.2).</summary>
    Pending,

    /// <summary>Ended by C-CANCEL (C.3).</summary>
    Cancel,

    /// <summary>Done, with a deviation (C.4).</summary>
    Warning,

    /// <summary>Not done (C.5).</summary>
    Failure,
}
