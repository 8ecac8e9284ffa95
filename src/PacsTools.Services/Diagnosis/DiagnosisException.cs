namespace PacsTools.Services.Diagnosis;

/// <summary>A rung failed although the protocol was kept: the archive did something that cannot be right.</summary>
public sealed class DiagnosisException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="id">A stable word for the cause: <c>Diagnosis.KeysIgnored</c>, <c>Diagnosis.StudyUnknown</c>, <c>Diagnosis.NeverConnected</c>, <c>Diagnosis.DeliveredElsewhere</c>, <c>Diagnosis.NothingSent</c>, <c>Diagnosis.RefusedByUs</c>, <c>Diagnosis.NotStored</c>, <c>Diagnosis.UnknownMoveDestination</c>.</param>
    /// <param name="message">What was seen.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public DiagnosisException(string id, string message, Exception? innerException = null)
        : base(message, innerException) => Id = id;

    /// <summary>A stable word for the cause.</summary>
    public string Id { get; }
}
