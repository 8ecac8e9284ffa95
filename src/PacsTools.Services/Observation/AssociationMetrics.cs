using System.Globalization;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Pdus;
using PacsTools.Services.Metrics;

namespace PacsTools.Services.Observation;

/// <summary>Counts what one association carries.</summary>
internal sealed class AssociationMetrics(bool isRequestor)
{
    private readonly KeyValuePair<string, object?> _role = new("role", isRequestor ? "requestor" : "acceptor");
    private bool _wasAnswered;
    private bool _isOpen;

    /// <summary>Counts an association that was asked for and for which no connection could be made.</summary>
    public static void CountUnreached() =>
        PacsMeter.AssociationsTotal.Add(1, new("role", "requestor"), new KeyValuePair<string, object?>("result", "failed"));

    public void OnPdu(Pdu pdu)
    {
        if (_wasAnswered || pdu is not (AAssociateAc or AAssociateRj))
            return;
        _wasAnswered = true;
        _isOpen = pdu is AAssociateAc;
        PacsMeter.AssociationsTotal.Add(1, _role, new("result", _isOpen ? "accepted" : "rejected"));
        if (_isOpen)
            PacsMeter.AssociationsActive.Add(1, _role);
    }

    /// <summary>Counts what this side answers to C-STORE requests.</summary>
    public static void OnSent(CommandSet command)
    {
        if (command is { CommandField: CommandField.CStoreResponse, Status: { } status })
            PacsMeter.StorageReceivesTotal.Add(1, new KeyValuePair<string, object?>("status", Hex(status)));
    }

    public static void OnOperation(EndedOperation ended)
    {
        var operation = new KeyValuePair<string, object?>("operation", ended.Name);
        PacsMeter.OperationsTotal.Add(1, operation, new("status", ended.Status is { } status ? Hex(status) : Word(ended.Failure)));
        PacsMeter.OperationsDuration.Record(ended.Duration.TotalSeconds, operation);
        if (ended.Name != "C-MOVE")
            return;
        Add("completed", ended.Completed);
        Add("warning", ended.Warning);
        Add("failed", ended.Failed);
    }

    public void OnEnded()
    {
        if (_isOpen)
            PacsMeter.AssociationsActive.Add(-1, _role);
        else if (!_wasAnswered)
            PacsMeter.AssociationsTotal.Add(1, _role, new("result", "failed"));
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

    private static string Hex(ushort status) => status == 0 ? "0000" : status.ToString("X4", CultureInfo.InvariantCulture);
}
