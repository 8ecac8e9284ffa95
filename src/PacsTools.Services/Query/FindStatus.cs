using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Query;

/// <summary>The status of a C-FIND response (PS3.4 C.4.1.1.4).</summary>
internal static class FindStatus
{
    public const ushort Pending = 0xFF00;
    public const ushort PendingUnsupportedKeys = 0xFF01;
    public const ushort Cancelled = 0xFE00;

    /// <exception cref="DimseStatusException">The status is a failure, or a cancellation nobody asked for.</exception>
    public static void ThrowIfFailure(CFindResponse response, PacsNode node, IJobLog log)
    {
        var status = DimseStatus.Lookup(DimseService.Find, response.Status);
        var comment = string.IsNullOrEmpty(response.ErrorComment) ? "" : $" The archive says: {response.ErrorComment}.";
        var offending = response.OffendingElements.Count == 0 ? "" : $" Offending elements: {string.Join(", ", response.OffendingElements.Select(AttributePath.KeywordOf))}.";
        var text = $"{node} ended the query with status {response.Status:X4} ({status.Name}). {status.Words}{comment}{offending}";
        if (status.IsSuccessOrWarning)
        {
            log.Warning($"Dimse.{response.Status:X4}", text);
            return;
        }

        throw new DimseStatusException(
            response.Status,
            text,
            response.ErrorComment,
            [.. response.OffendingElements.Select(tag => tag.ToString())]);
    }
}
