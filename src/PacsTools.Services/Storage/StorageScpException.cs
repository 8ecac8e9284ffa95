namespace PacsTools.Services.Storage;

/// <summary>Something is wrong with a Storage SCP of this process: there is none to receive with, it cannot be started, or what it was watched for did not come or was not kept.</summary>
public sealed class StorageScpException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="id">A stable word for the cause, as in <see cref="Id"/>.</param>
    /// <param name="message">What is wrong, naming AE title and port.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public StorageScpException(string id, string message, Exception? innerException = null)
        : base(message, innerException) => Id = id;

    /// <summary>
    /// A stable word for the cause: <c>StorageScp.PortInUse</c>, <c>StorageScp.CannotListen</c>, <c>StorageScp.Ambiguous</c>, <c>StorageScp.NotRunning</c>,
    /// <c>StorageScp.NotFound</c>, <c>StorageScp.AETitleMismatch</c>, <c>Storage.CannotWrite</c>, <c>Storage.DiskFull</c>; of a watch <c>StorageScp.WatchTimeout</c>,
    /// <c>StorageScp.WatchStopped</c>, <c>StorageScp.WatchOverflow</c>, <c>StorageScp.InstanceFailed</c>, <c>StorageScp.StudyIncomplete</c>.
    /// </summary>
    public string Id { get; }

    /// <summary>The port concerned; null if it is about none.</summary>
    public int? Port { get; init; }

    /// <summary>The process that holds the port, as <c>name (pid)</c>; null if not known.</summary>
    public string? Owner { get; init; }

    /// <summary>What to do about it.</summary>
    public string? Advice { get; init; }
}
