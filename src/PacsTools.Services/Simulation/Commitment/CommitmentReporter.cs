using System.Threading.Channels;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Network;

namespace PacsTools.Services.Simulation;

/// <summary>Reports commitment results on new associations, asked for in the role of SCP (PS3.4 J.3.3): one after another, on a thread of its own.</summary>
internal sealed class CommitmentReporter : IDisposable
{
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(30);

    /// <summary>Reports that wait. One to a destination that does not answer takes as long as it may stay silent; whoever asks for more meanwhile must not fill the memory.</summary>
    internal const int MaxWaiting = 256;

    private readonly Channel<(CommitmentResult Result, string AETitle)> _queue =
        Channel.CreateBounded<(CommitmentResult, string)>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly string _aeTitle;
    private readonly Func<string, MoveTarget?> _resolve;
    private readonly IJobLog _log;
    private readonly CancellationToken _stopping;
    private readonly Lazy<Thread> _thread;

    public CommitmentReporter(string aeTitle, Func<string, MoveTarget?> resolve, bool onNewAssociationOnly, IJobLog log, CancellationToken stopping)
    {
        _aeTitle = aeTitle;
        _resolve = resolve;
        _log = log;
        _stopping = stopping;
        OnNewAssociationOnly = onNewAssociationOnly;
        _thread = new Lazy<Thread>(() =>
        {
            var thread = new Thread(Run) { IsBackground = true, Name = $"{aeTitle} storage commitment" };
            thread.Start();
            return thread;
        });
    }

    /// <summary>True if reports never go out on the association of the request.</summary>
    public bool OnNewAssociationOnly { get; }

    /// <summary>The request that carries a result.</summary>
    public static CommandSet RequestFor(CommitmentResult result, ushort messageId) => new NEventReportRequest(
        messageId, DicomUids.StorageCommitmentPushModel, DicomUids.StorageCommitmentPushModelInstance, result.EventType).ToCommandSet();

    /// <summary>Has a result reported to an application entity.</summary>
    public void Deliver(CommitmentResult result, string aeTitle)
    {
        if (_stopping.IsCancellationRequested)
            return;
        if (!_queue.Writer.TryWrite((result, aeTitle)))
        {
            // None that was promised before gives way; a requestor that gets no report asks again.
            if (!_stopping.IsCancellationRequested)
                _log.Warning("Simulator.CommitmentUndelivered", $"{_aeTitle} dropped the report of a storage commitment to {aeTitle}: {MaxWaiting} others wait already.");
            return;
        }

        _ = _thread.Value;
    }

    /// <summary>Ends the thread when it has done what it is doing.</summary>
    public void Dispose() => _queue.Writer.TryComplete();

    private void Run()
    {
        try
        {
            while (_queue.Reader.WaitToReadAsync(_stopping).AsTask().GetAwaiter().GetResult())
            {
                while (_queue.Reader.TryRead(out var next))
                    Report(next.Result, next.AETitle);
            }
        }
        catch (OperationCanceledException)
        {
            // The simulator stops, and with it what it had promised.
        }
    }

    private void Report(CommitmentResult result, string aeTitle)
    {
        if (_resolve(aeTitle) is not { } target)
        {
            _log.Warning("Simulator.CommitmentUndelivered", $"{_aeTitle} could not report a storage commitment to {aeTitle}: nobody told it where that is.");
            return;
        }

        try
        {
            Report(result, aeTitle, target);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever it is: what leaves this thread ends the user's process.
            _log.Warning("Simulator.CommitmentUndelivered", $"{_aeTitle} could not report a storage commitment to {aeTitle}: {e.Message}");
        }
    }

    private void Report(CommitmentResult result, string aeTitle, MoveTarget target)
    {
        using var association = Association.Request(
            new AssociationOptions
            {
                HostName = target.HostName,
                Port = target.Port,
                Tls = target.Tls,
                CalledAETitle = aeTitle,
                CallingAETitle = _aeTitle,
                Contexts =
                [
                    new ProposedContext(DicomUids.StorageCommitmentPushModel, [DicomUids.ExplicitVRLittleEndian, DicomUids.ImplicitVRLittleEndian])
                    {
                        ScuRole = false,
                        ScpRole = true,
                    },
                ],
            },
            _stopping);

        // Peers that know nothing of role selection accept the context and leave the answer out; they take the report all the same.
        var context = association.Contexts[0].IsAccepted
            ? association.Contexts[0]
            : association.GetContext(DicomUids.StorageCommitmentPushModel);
        using (association.Watch("Event report", s_silence, _stopping))
        {
            association.Send(context, RequestFor(result, association.NextMessageId()), DatasetExchange.Write(result.Information, context));
            association.Receive()?.SkipDataset();
        }

        association.Release();
    }
}
