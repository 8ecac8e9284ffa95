namespace PacsTools.Services.Storage;

/// <summary>What became of one instance.</summary>
public enum InstanceOutcome
{
    /// <summary>It lies complete under its final name.</summary>
    Stored,

    /// <summary>An identical data set was there already; nothing was written.</summary>
    Duplicate,

    /// <summary>It was announced or received, and could not be kept.</summary>
    Failed,

    /// <summary>It was expected and never came.</summary>
    Missing,

    /// <summary>It came and lies complete under its final name, though nobody had announced it.</summary>
    Unexpected,
}
