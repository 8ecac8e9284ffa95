namespace PacsTools.Services.Acceptance;

/// <summary>No acceptance suite was written.</summary>
/// <param name="id">A stable word for the cause: <c>Acceptance.FileExists</c>, <c>Acceptance.CannotWrite</c>, <c>Acceptance.StudyNotFound</c>.</param>
/// <param name="message">What is the matter.</param>
/// <param name="innerException">The cause, if there is one.</param>
internal sealed class AcceptanceException(string id, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>A stable word for the cause.</summary>
    public string Id { get; } = id;

    /// <summary>What to do about it; null if the message says it.</summary>
    public string? Advice { get; init; }
}
