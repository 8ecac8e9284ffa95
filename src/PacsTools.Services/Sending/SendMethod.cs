namespace PacsTools.Services.Sending;

/// <summary>The road by which files are sent.</summary>
public enum SendMethod
{
    /// <summary>C-STORE; what no association can be had for goes by STOW-RS, if the node has a DicomWebUri.</summary>
    Auto,

    /// <summary>C-STORE on an association (PS3.4 B).</summary>
    CStore,

    /// <summary>STOW-RS, for nodes with a DicomWebUri (PS3.18 10.5).</summary>
    DicomWeb,
}
