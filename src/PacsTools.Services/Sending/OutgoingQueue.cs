namespace PacsTools.Services.Sending;

/// <summary>
/// Files that wait to be sent, between the one who scans them and the associations that send them. Bounded. An association takes
/// what its contexts cover, wherever it stands, so that few associations suffice.
/// </summary>
internal sealed class OutgoingQueue(CancellationToken stop)
{
    /// <summary>Files scanned ahead. More would find no better grouping for most and hold up none.</summary>
    public const int Capacity = 2000;

    /// <summary>A scan that had to wait goes on when there is room for so many: one wake for each file would cost more than the scan.</summary>
    private const int Resume = Capacity / 2;

    /// <summary>Bytes of small files held while they wait. Those of the rest are read when their turn comes.</summary>
    private const long MostHeld = 8 << 20;

    /// <summary>Files that tell well enough what a new association should propose. Another kind behind them costs one more association.</summary>
    private const int Sample = 64;

    /// <summary>How long a new association waits for the scan to find as many.</summary>
    private static readonly TimeSpan s_settle = TimeSpan.FromMilliseconds(200);

    private readonly LinkedList<OutgoingFile> _files = [];
    private readonly HashSet<(string SopClass, string Syntax)> _kinds = [];
    private readonly object _gate = new();
    private bool _complete;
    private int _taken;
    private long _held;
    private bool _isFull;

    /// <summary>Adds a file; waits while too many wait.</summary>
    public void Add(OutgoingFile file)
    {
        lock (_gate)
        {
            _isFull = _files.Count >= Capacity;
            Wait(() => !_isFull, Timeout.InfiniteTimeSpan);
            if (_held + HeldBy(file) > MostHeld)
            {
                file.Content = null;
            }

            _kinds.Add(file.Kind);
            Enter(file, isFirst: false);
        }
    }

    /// <summary>Nothing more will be added.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _complete = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>What an association to be opened now should propose; null if everything has been taken and dealt with.</summary>
    public ContextPlan? NextPlan()
    {
        lock (_gate)
        {
            // A file taken by another association may come back.
            Wait(() => _files.Count > 0 || (_complete && _taken == 0), Timeout.InfiniteTimeSpan);
            if (_files.Count > 0)
            {
                Wait(() => _complete || _files.Count >= Sample, s_settle);
            }

            // Another association may have taken them meanwhile.
            if (_files.Count == 0)
            {
                return _complete && _taken == 0 ? null : new ContextPlan();
            }

            var plan = new ContextPlan();
            foreach (var file in _files)
            {
                plan.TryAdd(file.Kind);
            }

            // Files that come one by one come in the same few kinds again and again.
            foreach (var kind in _kinds)
            {
                plan.TryAdd(kind);
            }

            return plan;
        }
    }

    /// <summary>Takes the first file that the contexts cover. Whoever takes one gives it back or calls <see cref="Done"/>.</summary>
    /// <param name="plan">The contexts; null takes any.</param>
    /// <param name="patience">How long to wait if no file is there at all.</param>
    public OutgoingFile? Take(ContextPlan? plan, TimeSpan patience)
    {
        lock (_gate)
        {
            Wait(() => _files.Count > 0 || (_complete && _taken == 0), patience);
            for (var node = _files.First; node is not null; node = node.Next)
            {
                if (plan?.Covers(node.Value) ?? true)
                {
                    Leave(node);
                    _taken++;
                    return node.Value;
                }
            }

            return null;
        }
    }

    /// <summary>Puts a file back where it will be taken next.</summary>
    public void GiveBack(OutgoingFile file)
    {
        lock (_gate)
        {
            _taken--;
            Enter(file, isFirst: true);
        }
    }

    /// <summary>A file that was taken has its end.</summary>
    public void Done()
    {
        lock (_gate)
        {
            _taken--;
            if (_taken == 0 && _complete && _files.Count == 0)
            {
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Wakes whoever waits; to be called when the token is cancelled.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }

    private void Enter(OutgoingFile file, bool isFirst)
    {
        _held += HeldBy(file);
        if (isFirst)
        {
            _files.AddFirst(file);
        }
        else
        {
            _files.AddLast(file);
        }

        Monitor.PulseAll(_gate);
    }

    private void Leave(LinkedListNode<OutgoingFile> node)
    {
        _held -= HeldBy(node.Value);
        _files.Remove(node);
        if (_isFull && _files.Count <= Resume)
        {
            _isFull = false;
            Monitor.PulseAll(_gate);
        }
    }

    private static int HeldBy(OutgoingFile file) => file.Content?.Length ?? 0;

    private void Wait(Func<bool> ready, TimeSpan patience)
    {
        var until = patience == Timeout.InfiniteTimeSpan ? long.MaxValue : Environment.TickCount64 + (long)patience.TotalMilliseconds;
        while (!ready())
        {
            stop.ThrowIfCancellationRequested();
            var left = until == long.MaxValue ? Timeout.Infinite : (int)Math.Max(0, until - Environment.TickCount64);
            if (left == 0 || !Monitor.Wait(_gate, left))
            {
                break;
            }
        }

        stop.ThrowIfCancellationRequested();
    }
}
