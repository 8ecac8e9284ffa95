namespace PacsTools.Services.Nodes;

/// <summary>The query/retrieve information model to use (PS3.4 C.6).</summary>
public enum QueryModel
{
    /// <summary>Study Root (PS3.4 C.6.2), the usual one.</summary>
    Study,

    /// <summary>Patient Root (PS3.4 C.6.1), for archives that offer nothing else.</summary>
    Patient,
}
