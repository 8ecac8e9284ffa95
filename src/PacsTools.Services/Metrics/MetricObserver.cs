using System.Globalization;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;
using PacsTools.Dicom.Pdus;

namespace PacsTools.Services.Metrics;

/// <summary>Counts what one association carries.</summary>
internal sealed class MetricObserver(bool isRequestor, TimeProvider time) : AssociationObserver
{
    private readonly KeyValuePair<string, object?> _role = new("role", isRequestor ? "requestor" : "acceptor");

    // An association has one request outstanding in nearly every case (PS3.7 D.3.3.3), so a list beats a table.
    private readonly List<Request> _requests = [];
    private readonly object _gate = new();
    private bool _wasAnswered;
    private bool _isOpen;

    public override void OnPdu(Pdu pdu, bool sent)
    {
        if (_wasAnswered || pdu is not (AAssociateAc or AAssociateRj))
            return;
        _wasAnswered = true;
        _isOpen = pdu is AAssociateAc;
        PacsMeter.AssociationsTotal.Add(1, _role, new("result", _isOpen ? "accepted" : "rejected"));
        if (_isOpen)
            PacsMeter.AssociationsActive.Add(1, _role);
    }

    public override void OnCommand(AcceptedContext context, CommandSet command, bool sent)
    {
        if (command.CommandField == CommandField.CCancelRequest)
            return;
        var isResponse = ((ushort)command.CommandField & 0x8000) != 0;
        if (!isResponse)
        {
            if (sent)
                Begin(command);
        }
        else if (sent)
        {
            if (command is { CommandField: CommandField.CStoreResponse, Status: { } status })
                PacsMeter.StorageReceivesTotal.Add(1, new KeyValuePair<string, object?>("status", Hex(status)));
        }
        else if (command is { MessageIdBeingRespondedTo: { } id, Status: { } code })
        {
            Answer(id, code, command);
        }
    }

    public override void OnEnded(Exception? failure)
    {
        if (_isOpen)
            PacsMeter.AssociationsActive.Add(-1, _role);
        else if (!_wasAnswered)
            PacsMeter.AssociationsTotal.Add(1, _role, new("result", "failed"));
        lock (_gate)
        {
            foreach (var request in _requests)
                End(request, Word(failure));
            _requests.Clear();
        }
    }

    /// <summary>Counts an association that was asked for and for which no connection could be made.</summary>
    public static void CountUnreached() =>
        PacsMeter.AssociationsTotal.Add(1, new("role", "requestor"), new KeyValuePair<string, object?>("result", "failed"));

    private void Begin(CommandSet command)
    {
        if (command.MessageId is not { } id)
            return;
        lock (_gate)
            _requests.Add(new Request(id, Operation(command.CommandField), time.GetTimestamp()));
    }

    private void Answer(ushort id, ushort status, CommandSet command)
    {
        lock (_gate)
        {
            var at = _requests.FindIndex(r => r.Id == id);
            if (at < 0)
                return;
            var request = _requests[at];
            request.Note(command);
            if (DimseStatus.Classify(status) == DimseStatusClass.Pending)
                return;
            _requests.RemoveAt(at);
            End(request, Hex(status));
        }
    }

    private void End(Request request, string status)
    {
        var operation = new KeyValuePair<string, object?>("operation", request.Operation);
        PacsMeter.OperationsTotal.Add(1, operation, new("status", status));
        PacsMeter.OperationsDuration.Record(time.GetElapsedTime(request.Since).TotalSeconds, operation);
        if (request.Operation != "C-MOVE")
            return;
        Add("completed", request.Completed);
        Add("warning", request.Warning);
        Add("failed", request.Failed);
    }

    private static void Add(string outcome, int count)
    {
        if (count > 0)
            PacsMeter.MoveSubOperationsTotal.Add(count, new KeyValuePair<string, object?>("outcome", outcome));
    }

    private static string Word(Exception? failure) => failure switch
    {
        DicomTimeoutException => "timeout",
        OperationCanceledException => "cancelled",
        AssociationAbortedException => "aborted",
        _ => "lost",
    };

    private static string Hex(ushort status) => status.ToString("X4", CultureInfo.InvariantCulture);

    private static string Operation(CommandField field) => field.ToName().Replace("-RQ", string.Empty, StringComparison.Ordinal);

    private sealed class Request(ushort id, string operation, long since)
    {
        public ushort Id => id;

        public string Operation => operation;

        public long Since => since;

        public int Completed { get; private set; }

        public int Warning { get; private set; }

        public int Failed { get; private set; }

        // Counters are optional in every response (PS3.7 9.1.4.1): what was told last counts.
        public void Note(CommandSet response)
        {
            Completed = response.NumberOfCompletedSubOperations ?? Completed;
            Warning = response.NumberOfWarningSubOperations ?? Warning;
            Failed = response.NumberOfFailedSubOperations ?? Failed;
        }
    }
}
