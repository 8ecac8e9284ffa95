namespace PacsTools.Services.Sending;

/// <summary>The end of one instance of a storage commitment.</summary>
/// <param name="Item">What was asked about.</param>
/// <param name="Result">What the archive said.</param>
/// <param name="Error">Why it is not committed; null if it is.</param>
internal sealed record CommitmentOutcome(CommitmentItem Item, DicomCommitmentResult Result, Exception? Error = null);
