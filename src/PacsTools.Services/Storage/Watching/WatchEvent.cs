namespace PacsTools.Services.Storage;

/// <summary>What a watch has to tell: an arrival, or an error that does not end it. One of the two is null.</summary>
/// <param name="Value">A <see cref="DicomInstanceFile"/> or <see cref="DicomStudyArrival"/>.</param>
/// <param name="Error">What the user must know.</param>
internal readonly record struct WatchEvent(object? Value, StorageScpException? Error = null)
{
    public static WatchEvent Of(string id, string message, string? advice) => new(null, new StorageScpException(id, message) { Advice = advice });
}
