using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;

namespace PacsTools.Services.Sending;

/// <summary>
/// Sends by C-STORE, and by STOW-RS what no association could be had for, if the node has DICOMweb services. A file goes the second road only if nothing of
/// it went the first: what an archive has refused, or may have got, is not sent to it by another door.
/// </summary>
internal sealed class AutoSender(FileSender? associations = null, StowSender? web = null)
{
    private readonly FileSender _associations = associations ?? new FileSender();
    private readonly StowSender _web = web ?? new StowSender();

    /// <summary>Sends the files while their paths still come. A failure is a report; the rest goes on.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IAsyncEnumerable<SendReport> SendAsync(SendRequest request, ChannelReader<string> paths, IJobLog log, CancellationToken cancellationToken = default)
    {
        if (!MayGoByWeb(request.Node))
            return _associations.SendAsync(request, paths, log, cancellationToken);
        var why = new ConcurrentDictionary<string, Exception>(StringComparer.Ordinal);
        var told = false;
        return SecondStage.RunAsync(_associations.SendAsync(request, paths, log, cancellationToken), Left, ByWebAsync, cancellationToken);

        string? Left(SendReport report)
        {
            if (report is not { Result: { Outcome: SendOutcome.Failed, Attempts: 0 }, Error: { } error } || !IsWithoutAssociation(error))
                return null;
            if (!told)
                log.Verbose($"No association with {request.Node} could be had: {error.Message.TrimEnd('.')}. What was not sent goes by STOW-RS to {request.Node.DicomWebUri}.");
            told = true;
            why[report.Path] = error;
            return report.Path;
        }

        async IAsyncEnumerable<SendReport> ByWebAsync(ChannelReader<string> left, [EnumeratorCancellation] CancellationToken stop)
        {
            // Nothing of the web is touched, its errors included, unless it is needed.
            if (!await left.WaitToReadAsync(stop).ConfigureAwait(false))
                yield break;
            await foreach (var report in _web.SendAsync(request, left, log, stop).ConfigureAwait(false))
                yield return why.TryRemove(report.Path, out var reason) ? WithReason(report, reason) : report;
        }
    }

    // Who asked for TLS must not find the files on the wire in the clear.
    private static bool MayGoByWeb(PacsNode node) =>
        node.DicomWebUri is { } uri && (node.Tls is not { Enabled: true } || uri.Scheme == Uri.UriSchemeHttps);

    private static bool IsWithoutAssociation(Exception error) => error is NoAcceptedContextException || Reachability.IsUnreachable(error);

    private static SendReport WithReason(SendReport report, Exception reason)
    {
        if (report.Result is not { } result)
            return report;
        var road = $"It went by STOW-RS, because no association could be had: {reason.Message}";
        return report with { Result = result with { Reason = result.Reason is { } own ? $"{own} {road}" : road } };
    }
}
