using System.Threading.Channels;
using PacsTools.Dicom.Dimse;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Sending;

/// <summary>What the threads of one job share: where files come from, where their ends go, and how far all is.</summary>
internal sealed class SendJob(SendRequest request, IAssociations associations, TimeProvider time, IJobLog log, ChannelWriter<SendReport> reports, CancellationToken stop)
{
    private readonly string _activity = $"Sending to {request.Node}";
    private long _found;
    private long _ended;
    private long _bytes;
    private int _sending;
    private bool _scanned;

    public SendRequest Request => request;

    public IAssociations Associations => associations;

    public TimeProvider Time => time;

    public IJobLog Log => log;

    public CancellationToken Stop => stop;

    public OutgoingQueue Queue { get; } = new(stop);

    /// <summary>True if a thread is sending, which the asking one is not.</summary>
    public bool OthersAreSending => Volatile.Read(ref _sending) > 0;

    /// <summary>Looks at files as their paths come and queues those that can be sent.</summary>
    public void Scan(ChannelReader<string> paths)
    {
        while (paths.WaitToReadAsync(stop).AsTask().GetAwaiter().GetResult())
        {
            while (paths.TryRead(out var path))
            {
                Interlocked.Increment(ref _found);
                try
                {
                    Queue.Add(OutgoingFile.Scan(path, holdsSmall: true));
                }
                catch (SendException e)
                {
                    Emit(new SendReport(path, null, e));
                }
            }
        }

        Volatile.Write(ref _scanned, true);
        Queue.Complete();
    }

    public T WhileSending<T>(Func<T> work)
    {
        Interlocked.Increment(ref _sending);
        try
        {
            return work();
        }
        finally
        {
            Interlocked.Decrement(ref _sending);
        }
    }

    public void Stored(OutgoingFile file, OutgoingDataset dataset, ushort code, string? comment)
    {
        var status = DimseStatus.Lookup(DimseService.Store, code);
        var warned = status.Class == DimseStatusClass.Warning;
        Interlocked.Add(ref _bytes, dataset.Length);
        Emit(new SendReport(file.Path, ResultOf(file) with
        {
            TransferSyntaxUID = dataset.Context.TransferSyntax,
            ConvertedFrom = dataset.Context.TransferSyntax == file.Syntax.UID ? null : file.Syntax.UID,
            Outcome = warned ? SendOutcome.StoredWithWarning : SendOutcome.Stored,
            Status = code,
            Reason = warned ? (string.IsNullOrEmpty(comment) ? status.Words : $"{status.Words} \"{comment}\"") : null,
        }));
    }

    public void Failed(OutgoingFile file, Exception reason, ushort? status = null) => Emit(new SendReport(
        file.Path,
        ResultOf(file) with { Outcome = SendOutcome.Failed, Status = status, Reason = reason.Message },
        reason));

    public void ShowEnd() => log.Progress(new JobProgress(_activity, "done", _ended, _found, _bytes, Completed: true));

    private DicomSendResult ResultOf(OutgoingFile file) => file.ResultAt(request.Node, SendMethod.CStore, time);

    private void Emit(SendReport report)
    {
        var ended = Interlocked.Increment(ref _ended);
        log.Progress(new JobProgress(_activity, $"{ended} of {Interlocked.Read(ref _found)} files", ended, Volatile.Read(ref _scanned) ? _found : null, Interlocked.Read(ref _bytes)));
        var written = reports.WriteAsync(report, stop);
        if (!written.IsCompletedSuccessfully)
        {
            written.AsTask().GetAwaiter().GetResult();
        }
    }
}
