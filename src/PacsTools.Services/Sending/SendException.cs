namespace PacsTools.Services.Sending;

/// <summary>A file was not sent, for a reason of its own.</summary>
public sealed class SendException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="id">A stable word for the cause: <c>Send.PathNotFound</c>, <c>Send.NotDicom</c>, <c>Send.Damaged</c>, <c>Send.CannotRead</c>, <c>Send.NoInstance</c>, <c>Send.NotAccepted</c>, <c>Send.CannotConvert</c>.</param>
    /// <param name="message">What happened, naming the file or the archive.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public SendException(string id, string message, Exception? innerException = null)
        : base(message, innerException) => Id = id;

    /// <summary>A stable word for the cause.</summary>
    public string Id { get; }

    /// <summary>What to do about it; null where there is nothing to say.</summary>
    public string? Advice { get; init; }
}
