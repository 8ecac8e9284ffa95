namespace PacsTools.Services.Storage;

/// <summary>The life of a Storage SCP.</summary>
public enum StorageScpState
{
    /// <summary>It listens.</summary>
    Running,

    /// <summary>It takes no new associations and ends those that are open.</summary>
    Stopping,

    /// <summary>Its port is free again.</summary>
    Stopped,
}
