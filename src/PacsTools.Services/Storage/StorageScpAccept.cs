namespace PacsTools.Services.Storage;

/// <summary>What a Storage SCP takes.</summary>
public enum StorageScpAccept
{
    /// <summary>Only instances of a study, series or instance that someone in this process is retrieving; others get status 0124H.</summary>
    Pending,

    /// <summary>Everything: what nobody is retrieving goes below the SCP's own path.</summary>
    Any,
}
