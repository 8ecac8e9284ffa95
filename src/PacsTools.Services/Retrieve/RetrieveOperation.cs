using System.Threading.Channels;
using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;
using PacsTools.Services.Storage;

namespace PacsTools.Services.Retrieve;

/// <summary>
/// One retrieve from its first attempt to its last: knows which instances are its own, takes them from storage associations and
/// hands them on.
/// </summary>
internal sealed class RetrieveOperation : IReceiveSubscription, IDisposable
{
    // While the consumer is slow the archive has to wait for us, and its silence says nothing.
    private static readonly TimeSpan s_lifeSign = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly ResultQueue _results;
    private readonly ArrivalBoard _arrivals;
    private readonly CancellationTokenSource _over = new();
    private readonly ReceiveTarget? _target;
    private readonly TimeProvider _time;
    private readonly long _started;
    private Action? _activity;
    private SubOperationCounts _counts;
    private ushort? _moveId;
    private IInstanceSource? _ownSource;
    private bool _asksForAll = true;
    private int _presentBefore;
    private int _existing;
    private long _bytes;

    /// <param name="request">What is asked for.</param>
    /// <param name="target">Where instances go; null if none come here, since the archive sends them to somebody else.</param>
    /// <param name="log">Told of what happens.</param>
    /// <param name="time">The clock.</param>
    public RetrieveOperation(RetrieveRequest request, ReceiveTarget? target, IJobLog log, TimeProvider time)
    {
        Request = request;
        Log = log;
        _target = target;
        _time = time;
        _started = time.GetTimestamp();
        _results = new ResultQueue(request.QueueLength);
        _arrivals = new ArrivalBoard(time);
    }

    public RetrieveRequest Request { get; set; }

    public IJobLog Log { get; }

    public InstanceLedger Ledger { get; } = new();

    /// <summary>The counters as last told in the current attempt.</summary>
    public SubOperationCounts Counts
    {
        get
        {
            lock (_gate)
                return _counts;
        }
    }

    /// <summary>How many instances the archive's counters told of when it was last asked for everything; null if they never did.</summary>
    public int? TotalTold { get; private set; }

    /// <summary>What should come, asked for beside it; null for operations that nobody verifies.</summary>
    public Expectation? Expectation { get; set; }

    /// <summary>What the current attempt asks for, one request each.</summary>
    public IReadOnlyList<RetrieveScope> Scopes { get; private set; } = [];

    /// <summary>Instances that arrived in the current attempt and had not been here before.</summary>
    public int Progress => Ledger.Present - _presentBefore;

    /// <summary>Results for the consumer, in the order of arrival.</summary>
    public ChannelReader<DicomInstanceFile> Results => _results.Reader;

    /// <summary>Bytes of all files stored.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public IReadOnlyList<DicomTag> WantedTags => _target?.Layout.WantedTags ?? [];

    public bool IsOver => _over.IsCancellationRequested;

    /// <summary>The current road, as results name it.</summary>
    public string Method { get; private set; } = "";

    /// <summary>Why nobody wants the rest any more; null unless that happened.</summary>
    public Exception? GivenUpFor { get; set; }

    /// <summary>Begins an attempt: counts anew, keeps the ledger.</summary>
    /// <param name="method">The road, as results name it.</param>
    /// <param name="missing">What to ask for; null for everything.</param>
    public void BeginAttempt(string method, IReadOnlyList<RetrieveScope>? missing = null)
    {
        Scopes = missing ?? RetrieveScope.Of(Request);
        _asksForAll = missing is null;
        _presentBefore = Ledger.Present;
        lock (_gate)
        {
            Method = method;
            _counts = default;
            _moveId = null;
            _ownSource = null;
        }

        _arrivals.BeginAttempt();
    }

    /// <summary>Names the C-MOVE instances of this attempt come from, and whom to tell that they do.</summary>
    public void ExpectFromMove(ushort messageId, Action activity)
    {
        lock (_gate)
            _moveId = messageId;
        _activity = activity;
    }

    /// <summary>Names the association of a C-GET, on which everything comes because it was asked for, and whom to tell that we are alive.</summary>
    public void ExpectFrom(IInstanceSource source, Action activity)
    {
        lock (_gate)
            _ownSource = source;
        _activity = activity;
    }

    /// <summary>The C-MOVE or C-GET is over; its association must not be touched any more.</summary>
    public void MoveEnded() => _activity = null;

    /// <summary>The archive has been asked for instances: time to ask what there is.</summary>
    public void NoteAsked() => Expectation?.Begin();

    /// <summary>The attempt is over: its counters stand.</summary>
    public void EndAttempt() => TotalTold = (_asksForAll ? Counts.Total : null) ?? TotalTold;

    public void NoteCounts(SubOperationCounts counts)
    {
        lock (_gate)
            _counts = counts;
        if (_target is null && counts.Delivered is { } delivered)
            _arrivals.NoteDelivered(delivered);
        ReportProgress();
    }

    /// <inheritdoc/>
    public ReceiveTarget? Begin(IncomingInstance instance, IInstanceSource association)
    {
        if (_target is null || !Wants(instance, association))
            return null;
        _arrivals.Begin(association, this);
        _activity?.Invoke();
        // What another attempt brought already is compared, never overwritten and no error.
        return Ledger.Has(instance.SOPInstanceUID) ? _target with { IfExists = IfExists.KeepBoth } : _target;
    }

    /// <summary>Takes note of an instance that came in answer to our request and belongs to something else. It is not kept: it could overwrite what is none of our business.</summary>
    public void NoteForeign(IncomingInstance instance)
    {
        var file = new DicomInstanceFile
        {
            SOPInstanceUID = instance.SOPInstanceUID,
            SOPClassUID = instance.SOPClassUID,
            SeriesInstanceUID = instance.SeriesInstanceUID,
            StudyInstanceUID = instance.StudyInstanceUID,
            PatientID = instance.PatientID,
            TransferSyntaxUID = instance.TransferSyntaxUID,
            Outcome = InstanceOutcome.Unexpected,
            Reason = "it belongs to another study and was not kept",
            Method = Method,
            Node = Request.Node,
        };
        if (!Ledger.EnterForeign(file))
            return;
        Log.Warning("Retrieve.Unexpected", $"{Request.Node} sent instance {file.SOPInstanceUID} of another study; it was not kept.");
        Enqueue(file);
    }

    /// <inheritdoc/>
    public void NoteActivity()
    {
        _arrivals.NoteActivity();
        _activity?.Invoke();
    }

    /// <inheritdoc/>
    public void End(IncomingInstance instance, IInstanceSource association, DicomInstanceFile? file)
    {
        if (file is not null)
            Take(instance, file with { Method = Method, Node = Request.Node });
        _activity?.Invoke();
        _arrivals.End(isHere: file is { Outcome: not InstanceOutcome.Failed });
    }

    /// <inheritdoc/>
    public void Pace(long bytes)
    {
        var wait = Request.Rate?.Take(bytes) ?? TimeSpan.Zero;
        while (wait > TimeSpan.Zero && !_over.Token.WaitHandle.WaitOne(wait < s_lifeSign ? wait : s_lifeSign))
        {
            wait -= s_lifeSign;
            NoteActivity();
        }

        Request.Spool?.WaitForRoom(NoteActivity, _over.Token);
    }

    /// <summary>Takes note of a file that lay here before the retrieve began.</summary>
    public async Task TakeExistingAsync(DicomInstanceFile file, CancellationToken cancellationToken)
    {
        if (!Ledger.Enter(file))
            return;
        Interlocked.Increment(ref _existing);
        ReportProgress();
        await EmitAsync(file, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Warn(string id, string text) => Log.Warning(id, text);

    /// <summary>The state of the receiving end, and a task that completes when it changes.</summary>
    public ArrivalState Observe(out Task changed) => _arrivals.Observe(out changed);

    /// <summary>Ends the storage associations that only served this operation.</summary>
    public void AbortAssociations()
    {
        foreach (var association in _arrivals.OpenAssociations)
            association.AbortIfOnlyFor(this);
    }

    /// <summary>Nothing more is wanted: what is on its way in is dropped and nobody waits for the consumer any more.</summary>
    public void Stop() => _over.Cancel();

    /// <summary>Hands the consumer what no arrival brought: failures, at the end.</summary>
    public ValueTask EmitAsync(DicomInstanceFile file, CancellationToken cancellationToken) => _results.WriteAsync(file, cancellationToken);

    /// <summary>Tells the consumer that nothing follows.</summary>
    public void Complete() => _results.Complete();

    public void Dispose()
    {
        Stop();
        Complete();
    }

    private bool Wants(IncomingInstance instance, IInstanceSource source)
    {
        if (IsOver)
            return false;
        var study = instance.StudyInstanceUID;
        var inStudy = study == Request.StudyInstanceUID;
        var inSeries = instance.SeriesInstanceUID is { } series && Request.SeriesInstanceUIDs.Contains(series);
        // The originator counts only together with the study or series: message ids are small numbers and titles are shared. A header
        // that tells no study cannot contradict it.
        if (IsOurs(instance, source) && (inStudy || inSeries || study is null))
            return true;
        return Request.Level == RetrieveLevel.Study ? inStudy : IsAskedFor(instance);
    }

    /// <summary>True if the instance is one of those the request names, within its study.</summary>
    private bool IsAskedFor(IncomingInstance instance) => Request.Level switch
    {
        RetrieveLevel.Image => Request.SOPInstanceUIDs.Contains(instance.SOPInstanceUID),
        RetrieveLevel.Series => instance.SeriesInstanceUID is { } series && Request.SeriesInstanceUIDs.Contains(series),
        _ => true,
    };

    private bool IsOurs(IncomingInstance instance, IInstanceSource source)
    {
        lock (_gate)
        {
            return ReferenceEquals(source, _ownSource) || (_moveId is { } id && instance.MoveOriginatorMessageId == id
                && instance.MoveOriginatorAETitle?.Trim() == Request.Node.CallingAETitle);
        }
    }

    private void Take(IncomingInstance instance, DicomInstanceFile file)
    {
        if (!IsAskedFor(instance) && file.Outcome == InstanceOutcome.Stored)
            file = file with { Outcome = InstanceOutcome.Unexpected };
        if (!Ledger.Enter(file))
        {
            // Sent once more by the archive, after the first had been passed on.
            if (file.Outcome is InstanceOutcome.Stored or InstanceOutcome.Unexpected)
                Request.Spool?.Discard(file);
            return;
        }

        Request.Spool?.Enter(file);
        if (file.Outcome != InstanceOutcome.Duplicate)
            Interlocked.Add(ref _bytes, file.Length);
        ReportProgress();
        Enqueue(file);
    }

    private void Enqueue(DicomInstanceFile file) => _results.Enqueue(file, s_lifeSign, NoteActivity, _over.Token);

    private int? Expected() => Expectation?.Known is { IsNamed: true, Instances.Count: > 0 and var count } ? count : null;

    private void ReportProgress()
    {
        var present = _target is null ? Counts.Delivered ?? Ledger.Present : Ledger.Present;
        var total = Expected() ?? Counts.Total;
        var status = RetrievePace.Describe(present, Volatile.Read(ref _existing), total, Bytes, _time.GetElapsedTime(_started));
        Log.Progress(new JobProgress($"Receiving from {Request.Node}", status, present, total, Bytes));
    }
}
