using PacsTools.Dicom.Errors;

namespace PacsTools.Services.Web;

/// <summary>A DICOMweb server refused a request, or what it answered is not what PS3.18 says it should be. No association is concerned.</summary>
public sealed class DicomWebException : DicomException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="id">A stable word for the cause: <c>DicomWeb.Unauthorized</c>, <c>DicomWeb.Http503</c>.</param>
    /// <param name="message">What happened, naming the server.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public DicomWebException(string id, string message, Exception? innerException = null)
        : base(message, innerException) => Id = id;

    /// <summary>
    /// A stable word for the cause: <c>DicomWeb.Unauthorized</c>, <c>DicomWeb.Forbidden</c>, <c>DicomWeb.NotFound</c>, <c>DicomWeb.Ambiguous</c>, <c>DicomWeb.NotAcceptable</c>,
    /// <c>DicomWeb.Redirected</c>, <c>DicomWeb.Unencrypted</c>, <c>DicomWeb.BadResponse</c>, or <c>DicomWeb.Http</c> with the status.
    /// </summary>
    public string Id { get; }

    /// <summary>The HTTP status; null if the request was not sent or the answer had none.</summary>
    public int? StatusCode { get; init; }

    /// <summary>True if the same request may succeed later.</summary>
    public bool IsTransient { get; init; }

    /// <summary>How long the server asks to wait (Retry-After); null if it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What to do about it.</summary>
    public string? Advice { get; init; }
}
