using System.Runtime.CompilerServices;
using System.Threading.Channels;
using PacsTools.Services.Web;

namespace PacsTools.Services.Sending;

/// <summary>
/// Store transaction of the studies service (PS3.18 10.5): sends files as they lie on disk, several a request, and tells of each what the server said. A request
/// that failed as a whole is made again one file at a time, so that one that the server does not take costs the others nothing.
/// </summary>
internal sealed class StowSender(TimeProvider? timeProvider = null)
{
    private const int ReportsAhead = 1024;

    private readonly TimeProvider _time = timeProvider ?? TimeProvider.System;

    /// <summary>Sends the files while their paths still come. A failure is a report; the rest goes on.</summary>
    /// <param name="request">Where and how.</param>
    /// <param name="paths">Full paths of files, completed by whoever writes them.</param>
    /// <param name="log">Told of retries and progress.</param>
    /// <param name="cancellationToken">Closes the connections.</param>
    /// <returns>One report a file, as its end comes.</returns>
    /// <exception cref="DicomWebException">The node has no DICOMweb services.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async IAsyncEnumerable<SendReport> SendAsync(SendRequest request, ChannelReader<string> paths, IJobLog log, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reports = Channel.CreateBounded<SendReport>(new BoundedChannelOptions(ReportsAhead) { SingleReader = true });
        var job = new StowJob(request, _time, log, reports.Writer, stop.Token);
        var running = Stages.JoinAsync([.. Enumerable.Range(0, request.Associations).Select(_ => Stages.RunAsync(() => job.RunAsync(paths), stop))], reports.Writer);
        try
        {
            await foreach (var report in reports.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return report;
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await running.ConfigureAwait(false);
            job.ShowEnd();
        }
    }
}
