using System.Collections.Immutable;

namespace PacsTools.Services.Storage;

/// <summary>Tells everybody who looks on what arrives at one Storage SCP.</summary>
internal sealed class ArrivalHub(StorageScp scp)
{
    private readonly object _gate = new();
    private ImmutableArray<IArrivalObserver> _observers = [];
    private bool _stopped;

    /// <summary>How many look on.</summary>
    public int Observers => _observers.Length;

    /// <summary>Tells the observer until the result is disposed. One who comes after the end is told of the end at once.</summary>
    public IDisposable Watch(IArrivalObserver observer)
    {
        lock (_gate)
        {
            if (!_stopped)
            {
                _observers = _observers.Add(observer);
                return new Scope(() => Remove(observer));
            }
        }

        observer.OnStopped(scp);
        return new Scope(static () => { });
    }

    /// <summary>Notes the beginning of an instance; what comes back must be told of its end.</summary>
    public Arrival Begin(IncomingInstance instance)
    {
        var observers = _observers;
        foreach (var observer in observers)
            observer.OnBegin(instance.StudyInstanceUID);
        return new Arrival(observers, instance);
    }

    /// <summary>Nothing more will come.</summary>
    public void Stop()
    {
        ImmutableArray<IArrivalObserver> last;
        lock (_gate)
        {
            last = _stopped ? [] : _observers;
            _stopped = true;
            _observers = [];
        }

        foreach (var observer in last)
            observer.OnStopped(scp);
    }

    private void Remove(IArrivalObserver observer)
    {
        lock (_gate)
            _observers = _observers.Remove(observer);
    }

    /// <summary>One instance on its way in, and those who know that it is.</summary>
    internal sealed class Arrival(ImmutableArray<IArrivalObserver> observers, IncomingInstance instance)
    {
        private bool _ended;

        /// <summary>Tells what became of it; only the first call counts.</summary>
        public void End(DicomInstanceFile? file)
        {
            if (_ended)
                return;
            _ended = true;
            foreach (var observer in observers)
                observer.OnEnd(instance.StudyInstanceUID, file, instance.SOPInstanceUID);
        }
    }
}
