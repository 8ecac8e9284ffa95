namespace PacsTools.Services.Sending;

/// <summary>An instance whose keeping is to be confirmed.</summary>
/// <param name="SOPClassUID">SOP class of the instance.</param>
/// <param name="SOPInstanceUID">SOP instance.</param>
/// <param name="Path">The file it was read or sent from; null if it is known by its UIDs alone.</param>
internal sealed record CommitmentItem(string SOPClassUID, string SOPInstanceUID, string? Path = null)
{
    /// <summary>The end of the file this stands for; null if it was not sent by the same job.</summary>
    public SendReport? Sent { get; init; }
}
