using PacsTools.Dicom.Errors;
using PacsTools.Services.Resilience;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Sending;

namespace PacsTools.Services.Copying;

/// <summary>Tells from what becomes of instances whether sending on is of any use. What is wrong with one instance is not wrong with the next.</summary>
internal sealed class DestinationHealth(CopyRequest request)
{
    // One may be too large for it, several in a row are not.
    private const int RefusedForResources = 3;

    private int _refused;

    /// <returns>Why no more should be sent; null if that is not so.</returns>
    public RetrieveException? Judge(SendReport sent)
    {
        // Never sent, and by no fault of its own: there was no association to send it on.
        if (sent.Error is DicomException e && (sent.Result?.Attempts == 0 || Reachability.IsUnreachable(e)))
        {
            return request.Error(
                "Copy.DestinationUnreachable",
                $"{request.Destination} cannot be sent to, so that the copy from {request.Source.Node} was given up: {e.Message}",
                "Check the destination with Test-PacsEcho, and whether it accepts instances from our calling AE title.",
                e);
        }

        _refused = sent.Error is DimseStatusException { Status: >= 0xA700 and <= 0xA7FF } ? _refused + 1 : 0;
        return _refused < RefusedForResources ? null : request.Error(
            "Copy.DestinationFull",
            $"{request.Destination} is out of resources, so that the copy from {request.Source.Node} was given up: {sent.Error!.Message}",
            "Free space at the destination, or let it do what it is busy with, and copy again.",
            sent.Error,
            ((DimseStatusException)sent.Error).Status);
    }
}
