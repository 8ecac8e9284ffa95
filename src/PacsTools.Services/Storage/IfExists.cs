namespace PacsTools.Services.Storage;

/// <summary>What to do if the place of an instance is taken. Only the same SOP instance is ever skipped or replaced.</summary>
public enum IfExists
{
    /// <summary>An identical data set is a duplicate and nothing is written; a different one is kept beside it under a name with a suffix.</summary>
    KeepBoth,

    /// <summary>The new file replaces the old one in one step.</summary>
    Overwrite,

    /// <summary>The old file stays; the new one is a duplicate and not written.</summary>
    Skip,

    /// <summary>The old file stays; receiving the new one fails with status 0111H.</summary>
    Fail,
}
