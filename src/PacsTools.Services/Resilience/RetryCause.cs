namespace PacsTools.Services.Resilience;

/// <summary>Why an operation failed, as far as another try is concerned.</summary>
internal enum RetryCause
{
    /// <summary>Another try cannot help: never retried.</summary>
    Final,

    /// <summary>The transport failed, or the peer says that it is congested: three tries.</summary>
    Network,

    /// <summary>No answer in time: once more, with twice the time.</summary>
    Timeout,

    /// <summary>The peer is out of resources: once more, after a while.</summary>
    Busy,
}
