using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Network;

/// <summary>A bound of time in force on an association: what is waited for, how long, and what the clock counts from.</summary>
internal sealed class WatchLimit(string operation, TimeSpan limit, bool isInactivity, string peer)
{
    public TimeSpan Limit => limit;

    public bool IsInactivity => isInactivity;

    public long Started { get; set; }

    public Exception Reason() => new DicomTimeoutException(
        operation,
        limit,
        isInactivity
            ? $"{peer} was silent for {Seconds()} during {operation}"
            : $"{peer} did not complete {operation} within {Seconds()}");

    private string Seconds() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{limit.TotalSeconds:0.###} s");
}
