namespace PacsTools.Services.Storage;

/// <summary>There is no Storage SCP to receive with. Nothing has been asked of any archive.</summary>
public sealed class StorageScpException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="id">A stable word for the cause: <c>StorageScp.PortInUse</c>, <c>StorageScp.Ambiguous</c>.</param>
    /// <param name="message">What is wrong, naming AE title and port.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public StorageScpException(string id, string message, Exception? innerException = null)
        : base(message, innerException) => Id = id;

    /// <summary>A stable word for the cause: <c>StorageScp.PortInUse</c>, <c>StorageScp.CannotListen</c>, <c>StorageScp.Ambiguous</c>, <c>StorageScp.NotRunning</c>, <c>StorageScp.AETitleMismatch</c>, <c>Storage.CannotWrite</c>, <c>Storage.DiskFull</c>.</summary>
    public string Id { get; }

    /// <summary>The port concerned; null if it is about none.</summary>
    public int? Port { get; init; }

    /// <summary>The process that holds the port, as <c>name (pid)</c>; null if not known.</summary>
    public string? Owner { get; init; }

    /// <summary>What to do about it.</summary>
    public string? Advice { get; init; }
}
