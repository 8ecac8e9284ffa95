namespace PacsTools.Services.Query;

/// <summary>What a response says about a matching key.</summary>
internal enum KeyVerdict
{
    /// <summary>A returned value matches, or it cannot be told that none does.</summary>
    Satisfied,

    /// <summary>The attribute is not in the response.</summary>
    Absent,

    /// <summary>The attribute is in the response, without a value.</summary>
    Empty,

    /// <summary>None of the returned values matches.</summary>
    Contradicted,
}
