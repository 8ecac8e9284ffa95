using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Query;

/// <summary>One try of a <see cref="FindRequest"/>: a thread of its own that owns the association and fills a bounded queue.</summary>
internal sealed class FindPump : IAsyncDisposable
{
    /// <summary>How long an archive may take to end a query after C-CANCEL before it gets an A-ABORT. Two seconds after Ctrl+C nothing may be open any more.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>How long whoever stops a query waits for its end; beyond that the thread tidies up alone.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly IAssociations _associations;
    private readonly PacsNode _node;
    private readonly FindRequest _request;
    private readonly int _timeoutFactor;
    private readonly TimeProvider _timeProvider;
    private readonly CancellationTokenSource _stop;
    private Task _running = Task.CompletedTask;

    private FindPump(IAssociations associations, PacsNode node, FindRequest request, int timeoutFactor, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        _associations = associations;
        _node = node;
        _request = request;
        _timeoutFactor = timeoutFactor;
        _timeProvider = timeProvider;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    /// <summary>The matches; completed with the error the query ended with, if it did.</summary>
    public MatchQueue Matches { get; } = new();

    public static FindPump Start(IAssociations associations, PacsNode node, FindRequest request, int timeoutFactor, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var pump = new FindPump(associations, node, request, timeoutFactor, timeProvider, cancellationToken);
        pump._running = Task.Factory.StartNew(pump.Run, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
        return pump;
    }

    public async ValueTask DisposeAsync()
    {
        // The clock of the patience starts before the archive can see anything.
        var ended = _running.WaitAsync(Patience, _timeProvider);
        await _stop.CancelAsync().ConfigureAwait(false);
        try
        {
            await ended.ConfigureAwait(false);
            _stop.Dispose();
        }
        catch (TimeoutException)
        {
            // The grace of the association bounds the rest.
            _ = _running.ContinueWith(_ => _stop.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private void Run()
    {
        try
        {
            var contexts = new[] { new ProposedContext(_request.SopClassUid, [TransferSyntax.ExplicitVRLittleEndian.UID, TransferSyntax.ImplicitVRLittleEndian.UID]) };
            _associations.Use(_node, contexts, AskAll, _stop.Token, _timeoutFactor, _request.Extensions.ToNegotiation(_request.SopClassUid));
        }
        catch (Exception e)
        {
            // Whatever it was belongs to whoever reads the queue; a thread has nobody else to tell.
            Matches.TryComplete(e);
        }
    }

    private bool AskAll(Association association)
    {
        try
        {
            var context = association.GetContext(_request.SopClassUid);
            _request.Extensions.Check(association.PeerInformation, _request.SopClassUid, _node);
            var inactivity = (_request.Timeout ?? _node.Timeout ?? PacsDefaults.FindTimeout) * _timeoutFactor;
            using var watch = association.Watch("Find", inactivity);
            for (var i = 0; i < _request.Identifiers.Count && !_stop.IsCancellationRequested; i++)
            {
                Ask(association, context, i);
            }

            // The consumer need not wait for what becomes of the association, here or below.
            return Matches.TryComplete();
        }
        catch (DicomException e) when (e.AssociationSurvives)
        {
            Matches.TryComplete(e);
            throw;
        }
    }

    private void Ask(Association association, AcceptedContext context, int index)
    {
        var syntax = TransferSyntax.Get(context.TransferSyntax);
        var messageId = association.NextMessageId();
        association.Send(
            context,
            new CFindRequest(messageId, _request.SopClassUid).ToCommandSet(),
            DatasetWriter.Write(_request.Identifiers[index], syntax));
        using var cancel = association.CancelOn(context, messageId, Grace, _stop.Token);
        while (true)
        {
            var message = association.Receive()
                ?? throw new AssociationAbortedException($"{_node} released the association before the final response to a C-FIND", 0, 0, byPeer: true);
            var response = CFindResponse.From(message.Command);
            if (response.MessageIdBeingRespondedTo != messageId)
            {
                // A late answer to the query before.
                continue;
            }

            if (response.Status is FindStatus.Pending or FindStatus.PendingUnsupportedKeys)
            {
                HandOn(message, response.Status, syntax, index);
                continue;
            }

            // Some archives send a data set here, which does not belong; unread it would spoil the association for the next operation.
            message.SkipDataset();
            if (response.Status != 0 && !(response.Status == FindStatus.Cancelled && _stop.IsCancellationRequested))
            {
                FindStatus.ThrowIfFailure(response, _node, _request.Log);
            }

            return;
        }
    }

    private void HandOn(IncomingMessage message, ushort status, TransferSyntax syntax, int index)
    {
        if (_stop.IsCancellationRequested || !message.HasDataSet)
        {
            // Draining; or a pending response without an identifier, which says nothing. What is unread is skipped by the next Receive.
            return;
        }

        Matches.Enqueue(FindMatch.Read(message.ReadDataset(), syntax, status, index, _request.FallbackEncoding), _stop.Token);
    }
}
