namespace PacsTools.Services.Storage;

/// <summary>One instance on its way to one subscriber. The first fault settles its fate; the others' copies are not touched by it.</summary>
internal sealed class Delivery
{
    private readonly IReceiveSubscription _subscription;
    private readonly IncomingInstance _instance;
    private readonly IInstanceSource _association;
    private InstanceFileWriter? _writer;
    private Exception? _fault;
    private bool _ended;

    public Delivery(IReceiveSubscription subscription, IncomingInstance instance, IInstanceSource association)
    {
        _subscription = subscription;
        _instance = instance;
        _association = association;
    }

    /// <summary>What the sender is to be told; valid after <see cref="Complete"/>.</summary>
    public ushort Status { get; private set; }

    public string? Comment { get; private set; }

    /// <summary>What became of it; null before <see cref="Complete"/> and if it broke off.</summary>
    public DicomInstanceFile? File { get; private set; }

    /// <summary>True if the subscriber went away while the instance came in.</summary>
    public bool WasDropped { get; private set; }

    public void Open(ReceiveTarget target, ReadOnlyMemory<byte> header)
    {
        try
        {
            var place = target.Layout.Resolve(_instance.Value);
            foreach (var warning in place.Warnings)
                _subscription.Warn("Storage.UnsafeName", warning);
            _writer = InstanceFileWriter.Open(target, place.RelativePath, _instance.SOPInstanceUID, _instance.TransferSyntaxUID, header);
        }
        catch (Exception e) when (StorageFault.IsFileSystem(e))
        {
            _fault = e;
        }
    }

    public void Write(IReadOnlyList<ReadOnlyMemory<byte>> slices)
    {
        if (_subscription.IsOver)
        {
            Drop();
            return;
        }

        _subscription.NoteActivity();
        if (_writer is null)
            return;
        try
        {
            _writer.Write(slices);
            long bytes = 0;
            foreach (var slice in slices)
                bytes += slice.Length;
            _subscription.Pace(bytes);
        }
        catch (Exception e) when (StorageFault.IsFileSystem(e))
        {
            Fail(e);
        }
    }

    /// <summary>The data set is complete: gives the file its name and hands it over.</summary>
    public void Complete()
    {
        if (_ended)
            return;
        if (_subscription.IsOver)
        {
            Drop();
            return;
        }

        var result = default(CommitResult);
        if (_instance.IsBrokenOff)
        {
            _writer?.Discard();
            _writer = null;
            Status = StorageFault.CannotUnderstand;
            Comment = "The data set broke off before its end";
            result = new CommitResult(InstanceOutcome.Failed, null, 0, Status, "its data set broke off before its end");
        }
        else if (_writer is not null)
        {
            try
            {
                result = _writer.Commit();
                Status = result.Status;
            }
            catch (Exception e) when (StorageFault.IsFileSystem(e))
            {
                Fail(e);
            }
        }

        if (_fault is not null)
        {
            Status = StorageFault.StatusOf(_fault);
            Comment = StorageFault.CommentOf(_fault);
            result = new CommitResult(InstanceOutcome.Failed, null, 0, Status, _fault.Message);
        }

        if (result.Warning is not null)
            _subscription.Warn(result.Outcome == InstanceOutcome.Stored ? "Storage.KeptBoth" : "Storage.KeptOther", result.Warning);
        _ended = true;
        File = Describe(result);
        _subscription.End(_instance, _association, File);
    }

    /// <summary>The transfer broke off: nothing of it stays.</summary>
    public void BreakOff()
    {
        if (_ended)
            return;
        _ended = true;
        _writer?.Discard();
        _writer = null;
        _subscription.End(_instance, _association, null);
    }

    private void Drop()
    {
        WasDropped = true;
        BreakOff();
    }

    private void Fail(Exception fault)
    {
        _fault = fault;
        _writer?.Discard();
        _writer = null;
    }

    private DicomInstanceFile Describe(CommitResult result) => new()
    {
        Path = result.Path,
        SOPInstanceUID = _instance.SOPInstanceUID,
        SOPClassUID = _instance.SOPClassUID,
        SeriesInstanceUID = _instance.SeriesInstanceUID,
        StudyInstanceUID = _instance.StudyInstanceUID,
        PatientID = _instance.PatientID,
        TransferSyntaxUID = _instance.TransferSyntaxUID,
        Length = result.Length,
        Outcome = result.Outcome,
        Status = result.Status,
        Reason = result.Reason,
        Method = "CStore",
        SendingAETitle = _association.SendingAETitle,
        SendingAddress = _association.SendingAddress,
    };
}
