namespace PacsTools.Services.Sending;

/// <summary>An archive did not confirm that it keeps an instance safely. The instance itself may be stored all the same; do not delete the original.</summary>
public sealed class CommitmentException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="id">A stable word for the cause: <c>Commitment.Timeout</c>, <c>Commitment.NotHeard</c>, <c>Commitment.Aborted</c>, <c>Commitment.NotReported</c>, <c>Commitment.NoInstance</c>, or <c>Commitment.</c> and the failure reason in four hexadecimal digits.</param>
    /// <param name="message">What happened, naming the archive.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public CommitmentException(string id, string message, Exception? innerException = null)
        : base(message, innerException) => Id = id;

    /// <summary>A stable word for the cause.</summary>
    public string Id { get; }

    /// <summary>Failure Reason (0008,1197) the archive gave; null if it gave none.</summary>
    public ushort? FailureReason { get; init; }

    /// <summary>What to do about it.</summary>
    public string? Advice { get; init; }
}
