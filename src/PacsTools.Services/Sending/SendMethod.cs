namespace PacsTools.Services.Sending;

/// <summary>The road by which files are sent.</summary>
public enum SendMethod
{
    /// <summary>C-STORE on an association (PS3.4 B).</summary>
    CStore,

    /// <summary>STOW-RS, for nodes with a DicomWebUri (PS3.18 10.5).</summary>
    DicomWeb,
}
