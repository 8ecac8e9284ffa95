using System.Net;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Network;
using PacsTools.Services.Nodes;
using PacsTools.Services.Tests.Storage;
using PacsTools.TestKit.Data;

namespace PacsTools.Services.Tests.Retrieve;

/// <summary>An archive that does with a C-MOVE what the test writes down.</summary>
internal sealed class FakeArchive : IDisposable
{
    private readonly DicomListener _listener;
    private readonly Action<FakeMove> _onMove;
    private readonly CuttableRelay _relay;
    private int _moves;

    public FakeArchive(Action<FakeMove> onMove)
    {
        _onMove = onMove;
        _listener = DicomListener.Start(new ListenerOptions
        {
            BindAddress = IPAddress.Loopback,
            OnRequest = request => AcceptDecision.Accept(request, (sopClass, syntaxes) => Offers(sopClass) ? syntaxes[0] : null),
            OnAssociation = Serve,
        });
        _relay = new CuttableRelay(_listener.Port);
    }

    /// <summary>What its queries answer with; null if it offers no queries at all.</summary>
    public FakeCatalogue? Catalogue { get; init; }

    public int Moves => Volatile.Read(ref _moves);

    public PacsNode Node => new() { HostName = "127.0.0.1", Port = _relay.Port, CalledAETitle = "ARCHIVE", CallingAETitle = "TEST_CALLER" };

    /// <summary>The connection is gone without a word of DICOM, as when a machine dies.</summary>
    public void Cut() => _relay.Cut();

    public void Dispose()
    {
        _relay.Dispose();
        _listener.Dispose();
    }

    private bool Offers(string sopClass) => sopClass is DicomUids.StudyRootMove or DicomUids.PatientRootMove
        || (Catalogue is not null && sopClass is DicomUids.StudyRootFind or DicomUids.PatientRootFind);

    private void Serve(Association association)
    {
        while (association.Receive() is { } message)
        {
            if (message.Command.CommandField == CommandField.CMoveRequest)
                _onMove(new FakeMove(this, association, message, Interlocked.Increment(ref _moves)));
            else if (message.Command.CommandField == CommandField.CFindRequest)
                Catalogue!.Answer(association, message);
        }
    }
}

/// <summary>One C-MOVE as the archive sees it.</summary>
internal sealed class FakeMove
{
    private readonly FakeArchive _archive;
    private readonly Association _association;
    private readonly AcceptedContext _context;

    public FakeMove(FakeArchive archive, Association association, IncomingMessage message, int number)
    {
        _archive = archive;
        _association = association;
        _context = message.Context;
        Number = number;
        Request = CMoveRequest.From(message.Command);
        Identifier = DatasetReader.Read(message.ReadDataset(), TransferSyntax.Get(message.Context.TransferSyntax));
    }

    /// <summary>1 for the first C-MOVE the archive was sent.</summary>
    public int Number { get; }

    public CMoveRequest Request { get; }

    public DicomDataset Identifier { get; }

    public string Originator => _association.CallingAETitle;

    public Association Association => _association;

    public void Pending(int remaining, int completed, int failed = 0) => Respond(0xFF00, remaining, completed, failed);

    public void Final(ushort status, int? completed = null, int? failed = 0, int? warning = 0, string[]? failedUids = null, string? comment = null) =>
        Respond(status, null, completed, completed is null ? null : failed, completed is null ? null : warning, failedUids, comment);

    /// <summary>Stores on one association, as archives do, and returns the statuses.</summary>
    public List<ushort> Store(int port, IEnumerable<TestInstance> instances, Action<int>? after = null)
    {
        var all = instances.ToList();
        using var client = StoreClient.Open(port, all, Request.MoveDestination);
        var statuses = new List<ushort>();
        foreach (var instance in all)
        {
            statuses.Add(client.Store(instance, Originator, Request.MessageId).Status);
            after?.Invoke(statuses.Count);
        }

        return statuses;
    }

    /// <inheritdoc cref="FakeArchive.Cut"/>
    public void Cut() => _archive.Cut();

    /// <summary>Waits for the next message; true if it is a C-CANCEL for this C-MOVE.</summary>
    public bool ReceiveCancel() =>
        _association.Receive()?.Command is { CommandField: CommandField.CCancelRequest } command && command.MessageIdBeingRespondedTo == Request.MessageId;

    private void Respond(ushort status, int? remaining, int? completed, int? failed = 0, int? warning = 0, string[]? failedUids = null, string? comment = null)
    {
        var response = CMoveResponse.To(Request, status) with
        {
            Remaining = (ushort?)remaining,
            Completed = (ushort?)completed,
            Failed = (ushort?)failed,
            Warning = (ushort?)warning,
            ErrorComment = comment,
            HasDataSet = failedUids is not null,
        };
        byte[] dataset = [];
        if (failedUids is not null)
        {
            var list = new DicomDataset();
            list.SetString(DicomTags.FailedSOPInstanceUIDList, failedUids);
            dataset = DatasetWriter.Write(list, TransferSyntax.Get(_context.TransferSyntax));
        }

        _association.Send(_context, response.ToCommandSet(), dataset);
    }
}
