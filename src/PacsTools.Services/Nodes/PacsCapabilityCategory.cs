namespace PacsTools.Services.Nodes;

/// <summary>The service a SOP class belongs to.</summary>
public enum PacsCapabilityCategory
{
    /// <summary>C-ECHO (PS3.4 A).</summary>
    Verification,

    /// <summary>C-FIND of patients, studies, series and instances (PS3.4 C).</summary>
    Query,

    /// <summary>C-MOVE and C-GET (PS3.4 C, Y, Z).</summary>
    Retrieve,

    /// <summary>Modality worklists (PS3.4 K).</summary>
    Worklist,

    /// <summary>Storage commitment (PS3.4 J).</summary>
    Commitment,

    /// <summary>C-STORE (PS3.4 B, GG).</summary>
    Storage,

    /// <summary>Any other that was asked for by name.</summary>
    Other,
}
