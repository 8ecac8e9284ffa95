using PacsTools.Dicom.Errors;

namespace PacsTools.Services.Nodes;

/// <summary>The user identity was not sent, or not confirmed. There is no association.</summary>
public sealed class UserIdentityException : DicomException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="id">A stable word for the cause: <c>UserIdentity.PlainText</c>, <c>UserIdentity.NotConfirmed</c>.</param>
    /// <param name="message">What is wrong, naming the node.</param>
    /// <param name="advice">What to do about it.</param>
    public UserIdentityException(string id, string message, string advice)
        : base(message)
    {
        Id = id;
        Advice = advice;
    }

    /// <summary>A stable word for the cause: <c>UserIdentity.PlainText</c>, <c>UserIdentity.NotConfirmed</c>.</summary>
    public string Id { get; }

    /// <summary>What to do about it.</summary>
    public string Advice { get; }
}
