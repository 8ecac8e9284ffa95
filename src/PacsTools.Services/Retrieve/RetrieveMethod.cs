namespace PacsTools.Services.Retrieve;

/// <summary>The road by which instances are fetched.</summary>
public enum RetrieveMethod
{
    /// <summary>Every road the node offers, one after the other, until nothing is missing.</summary>
    Auto,

    /// <summary>C-MOVE to our own Storage SCP (PS3.4 C.4.2).</summary>
    CMove,

    /// <summary>C-GET on one association (PS3.4 C.4.3).</summary>
    CGet,

    /// <summary>WADO-RS, for nodes with a DicomWebUri (PS3.18 10.4).</summary>
    DicomWeb,
}
