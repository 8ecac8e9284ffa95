using PacsTools.Services.Storage;

namespace PacsTools.Services.Retrieve;

/// <summary>
/// What goes on at the receiving end of an operation: kept by the threads of its storage associations, looked at by whoever waits until
/// everything is in.
/// </summary>
internal sealed class ArrivalBoard(TimeProvider time)
{
    private readonly object _gate = new();
    private readonly HashSet<IInstanceSource> _open = [];
    private TaskCompletionSource _changed = NewSignal();
    private int _arrived;
    private int _inFlight;
    private long _lastActivity;

    /// <summary>A new attempt: what came in others is not counted any more.</summary>
    public void BeginAttempt()
    {
        lock (_gate)
            _arrived = 0;
        NoteActivity();
    }

    /// <summary>The first bytes of an instance are here.</summary>
    /// <param name="association">Where it comes from.</param>
    /// <param name="subscriber">Who takes it.</param>
    public void Begin(IInstanceSource association, IReceiveSubscription subscriber)
    {
        lock (_gate)
        {
            _inFlight++;
            if (association.NoteServed(subscriber))
            {
                _open.Add(association);
                association.Closed += OnClosed;
            }
        }

        NoteActivity();
    }

    /// <summary>The instance is complete or broken off.</summary>
    /// <param name="isHere">True if it lies here.</param>
    public void End(bool isHere)
    {
        lock (_gate)
        {
            _inFlight--;
            if (isHere)
                _arrived++;
        }

        NoteActivity();
        Pulse();
    }

    /// <summary>The archive says that so many arrived at somebody else.</summary>
    public void NoteDelivered(int delivered)
    {
        lock (_gate)
            _arrived = delivered;
    }

    /// <summary>A sign of life.</summary>
    public void NoteActivity() => Volatile.Write(ref _lastActivity, time.GetTimestamp());

    /// <summary>The state, and a task that completes when it changes.</summary>
    public ArrivalState Observe(out Task changed)
    {
        lock (_gate)
        {
            changed = _changed.Task;
            return new ArrivalState(_arrived, _inFlight, _open.Count, Volatile.Read(ref _lastActivity));
        }
    }

    /// <summary>The associations that are open and brought something.</summary>
    public IReadOnlyList<IInstanceSource> OpenAssociations
    {
        get
        {
            lock (_gate)
                return [.. _open];
        }
    }

    private void OnClosed(IInstanceSource association)
    {
        lock (_gate)
            _open.Remove(association);
        Pulse();
    }

    private void Pulse()
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            changed = _changed;
            _changed = NewSignal();
        }

        changed.TrySetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
