using System.Threading.Channels;

namespace PacsTools.Services.Storage;

/// <summary>Tells of every instance as it arrives.</summary>
/// <param name="time">The clock.</param>
/// <param name="capacity">How many may wait for the reader.</param>
internal sealed class InstanceWatch(TimeProvider time, int capacity = InstanceWatch.DefaultCapacity) : ArrivalWatch(time)
{
    /// <summary>Some seconds of the fastest sender of small instances; about 10 MB at most.</summary>
    public const int DefaultCapacity = 16384;

    private readonly Channel<DicomInstanceFile> _queue = Channel.CreateBounded<DicomInstanceFile>(new BoundedChannelOptions(capacity) { SingleReader = true });
    private long _lost;

    protected override int Waiting => _queue.Reader.Count;

    protected override string Noun => "instances";

    public override void OnBegin(string? studyInstanceUid)
    {
    }

    // What broke off was answered to nobody: its sender knows, and may send it again.
    public override void OnEnd(string? studyInstanceUid, DicomInstanceFile? file, string sopInstanceUid)
    {
        if (file is not null && !_queue.Writer.TryWrite(file))
            Interlocked.Increment(ref _lost);
    }

    protected override async Task<object?> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_queue.Reader.TryRead(out var file))
                return file;
            if (!await _queue.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
                return null;
        }
    }

    protected override void Finish() => _queue.Writer.TryComplete();

    protected override WatchEvent? Overflow() => Interlocked.Exchange(ref _lost, 0) is > 0 and var lost
        ? WatchEvent.Of(
            "StorageScp.WatchOverflow",
            Text($"{lost} instances arrived and are kept, but are not shown here: what follows in the pipeline is slower than the senders, and no more than {capacity} may wait for it."),
            "Let the pipeline do less, or watch studies (-StudyQuietSeconds), which wait without a queue.")
        : null;

    protected override WatchEvent? Fault(object arrival) => arrival is DicomInstanceFile { Outcome: InstanceOutcome.Failed } file
        ? WatchEvent.Of("StorageScp.InstanceFailed", Text($"The instance {file.SOPInstanceUID} could not be kept ({file.Status:X4}H): {file.Reason}"), "Its sender was told. Make room, or see to the folder, and have it sent again.")
        : null;

    protected override bool HoldsSomething(object arrival) => arrival is DicomInstanceFile { Outcome: not InstanceOutcome.Failed };
}
