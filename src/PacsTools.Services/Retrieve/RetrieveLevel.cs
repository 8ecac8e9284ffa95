namespace PacsTools.Services.Retrieve;

/// <summary>Query/Retrieve Level (0008,0052) of a retrieve (PS3.4 C.6).</summary>
internal enum RetrieveLevel
{
    /// <summary>One whole study.</summary>
    Study,

    /// <summary>Series of one study.</summary>
    Series,

    /// <summary>Instances of one series.</summary>
    Image,
}
