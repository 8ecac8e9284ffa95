namespace PacsTools.Services.Sending;

/// <summary>The end of one file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Result">What became of its instance; null if the file holds none that could be sent.</param>
/// <param name="Error">Why it failed; null if it was stored.</param>
internal sealed record SendReport(string Path, DicomSendResult? Result, Exception? Error = null);
