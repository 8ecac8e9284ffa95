namespace PacsTools.Services.Simulation;

/// <summary>Counts what is being served, so that the end can be awaited.</summary>
internal sealed class SessionCounter
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly object _gate = new();
    private int _open;

    /// <summary>Counts one until the result is disposed.</summary>
    public IDisposable Enter()
    {
        lock (_gate)
            _open++;
        return new Session(this);
    }

    /// <summary>Waits until none is left, or not much longer than an aborted association needs.</summary>
    public void WaitForAll()
    {
        var deadline = Environment.TickCount64 + (long)s_patience.TotalMilliseconds;
        lock (_gate)
        {
            while (_open > 0 && deadline - Environment.TickCount64 is > 0 and var left)
                Monitor.Wait(_gate, (int)left);
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            _open--;
            Monitor.PulseAll(_gate);
        }
    }

    private sealed class Session(SessionCounter counter) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
                counter.Leave();
        }
    }
}
