using System.Threading.Channels;
using PacsTools.Services.Nodes;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Sending;
using PacsTools.Services.Storage;

namespace PacsTools.Services.Copying;

/// <summary>
/// Copies a study by way of us: what a retrieve brings is sent on while the rest still comes, and lies in a bounded spool in between. An instance counts as
/// copied when the destination has answered for it.
/// </summary>
internal sealed class RelayCopy(RetrieveCoordinator coordinator, FileSender sender, HeldByDestination held, TimeProvider time)
{
    // A source may take its time between two instances; a new association for each would take more.
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(10);

    /// <exception cref="OperationCanceledException">Cancelled; nothing is left here.</exception>
    public async Task<DicomRetrieveReport> RunAsync(CopyRequest request, IJobLog log, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var spool = OpenSpool(request);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var parts = new CopyLog(log, request.Activity, passesProgress: false);
        var paths = Channel.CreateUnbounded<string>();
        var book = new CopyBook();
        await using var run = coordinator.Start(
            request.Source with
            {
                Destination = spool.Folder,
                Layout = PathLayout.Flat,
                IfExists = IfExists.KeepBoth,
                FlushToDisk = false,
                Spool = spool,
                FindHeld = (wanted, cancelled) => held.FindAsync(request, wanted, log, cancelled),
            },
            parts,
            stop.Token);
        var sending = SendAsync(request, book, spool, run, paths.Reader, log, parts, stop.Token);
        try
        {
            var source = await run.DrainAsync(file => Pass(file, book, spool, paths.Writer)).ConfigureAwait(false);
            paths.Writer.TryComplete();
            var givenUp = await sending.ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            var report = RelayReport.Make(request, source, book, givenUp) with { Duration = time.GetElapsedTime(started) };
            log.Progress(new JobProgress(request.Activity, "done", book.Copied, report.Expected, book.Bytes, Completed: true));
            return report;
        }
        finally
        {
            paths.Writer.TryComplete();
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // The retrieve puts nothing into the spool after this, and then the spool goes.
            await run.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static CopySpool OpenSpool(CopyRequest request)
    {
        try
        {
            return new CopySpool(request.SpoolRoot);
        }
        catch (Exception e) when (StorageFault.IsFileSystem(e))
        {
            throw request.Error(
                StorageFault.IsFull(e) ? "Storage.DiskFull" : "Storage.CannotWrite",
                $"Nothing was asked of {request.Source.Node}: there is no temporary storage to copy through. {e.Message}",
                "Free some space, or set PACSTOOLS_STORAGE to a folder you may write to.",
                e);
        }
    }

    private static void Pass(DicomInstanceFile file, CopyBook book, CopySpool spool, ChannelWriter<string> paths)
    {
        if (book.Take(file))
            paths.TryWrite(file.Path!);
        else
            spool.Discard(file);
    }

    // Ends with why the destination was given up; null if it was not.
    private async Task<RetrieveException?> SendAsync(
        CopyRequest request, CopyBook book, CopySpool spool, RetrieveRun run, ChannelReader<string> paths, IJobLog log, CopyLog parts, CancellationToken cancellationToken)
    {
        var health = new DestinationHealth(request);
        var target = new SendRequest { Node = request.DestinationNode!, Retry = request.Source.Retry, Idle = s_idle };
        try
        {
            await foreach (var sent in sender.SendAsync(target, paths, parts, cancellationToken).ConfigureAwait(false))
            {
                book.Enter(sent);
                spool.Remove(sent.Path);
                log.Progress(new JobProgress(request.Activity, $"{book.Copied} instances", book.Copied, parts.Total, book.Bytes));
                if (health.Judge(sent) is not { } reason)
                    continue;
                book.End(reason);
                run.GiveUp(reason);
                return reason;
            }

            return null;
        }
        catch (Exception e)
        {
            // Whatever it was: nobody takes what comes any more.
            run.GiveUp(e);
            throw;
        }
    }
}
