using System.Runtime.CompilerServices;
using System.Threading.Channels;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Sending;

/// <summary>
/// Storage SCU (PS3.4 B): sends files as they lie on disk and tells of each what the archive said. It holds associations of its own, not
/// pooled ones: a pooled one that turns out stale is replaced unseen, and no instance may go out twice unseen; and an idle one left
/// behind keeps archives that serve one association at a time from everybody else.
/// </summary>
internal sealed class FileSender(IAssociations? associations = null, TimeProvider? timeProvider = null)
{
    private const int ReportsAhead = 1024;

    private readonly IAssociations _associations = associations ?? DirectAssociations.Default;
    private readonly TimeProvider _time = timeProvider ?? TimeProvider.System;

    /// <summary>Sends the files while their paths still come. A failure is a report; the rest goes on.</summary>
    /// <param name="request">Where and how.</param>
    /// <param name="paths">Full paths of files, completed by whoever writes them.</param>
    /// <param name="log">Told of retries and progress.</param>
    /// <param name="cancellationToken">Aborts the associations.</param>
    /// <returns>One report a file, as its end comes; in which order is open.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async IAsyncEnumerable<SendReport> SendAsync(SendRequest request, ChannelReader<string> paths, IJobLog log, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Associations, 1);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reports = Channel.CreateBounded<SendReport>(new BoundedChannelOptions(ReportsAhead) { SingleReader = true });
        var job = new SendJob(request, _associations, _time, log, reports.Writer, stop.Token);
        using var wake = stop.Token.UnsafeRegister(static q => ((OutgoingQueue)q!).Wake(), job.Queue);
        Task[] threads = [.. Enumerable.Range(0, request.Associations).Select(_ => Stages.Block(new SendWorker(job).Run, stop)), Stages.Block(() => job.Scan(paths), stop)];
        var running = Stages.JoinAsync(threads, reports.Writer);
        try
        {
            await foreach (var report in reports.Reader.ReadInBurstsAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return report;
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await running.ConfigureAwait(false);
            job.ShowEnd();
        }
    }
}
