using System.Globalization;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;
using PacsTools.Services.Observation;

namespace PacsTools.Services.Nodes;

/// <summary>The places of one node in the pool: a bounded number of associations, some in use, some idle.</summary>
/// <param name="time">The clock of the idle limit.</param>
/// <param name="onEmpty">Told once, when nobody is here and nothing lies here any more; it is of no use from then on.</param>
internal sealed class PooledNode(TimeProvider time, Action<PooledNode> onEmpty)
{
    // Nobody has stopped anything, and yet somebody is waiting.
    private static readonly TimeSpan s_releaseLimit = TimeSpan.FromSeconds(1);

    // A peer that was stopped or restarted has ended its associations; until this side looks, each holds a socket here.
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromSeconds(15);

    private readonly object _gate = new();
    private readonly object _ending = new();
    private readonly List<Idle> _idle = [];
    private readonly SemaphoreSlim _places = new(AssociationPool.MaxPerNode);
    private ITimer? _sweep;
    private int _present;
    private bool _isRetired;

    /// <summary>Announces somebody who is about to <see cref="Enter"/>. False if it is too late for this one.</summary>
    public bool TryJoin()
    {
        lock (_gate)
        {
            if (_isRetired)
                return false;
            _present++;
            return true;
        }
    }

    /// <summary>Ends what <see cref="TryJoin"/> began.</summary>
    public void Part()
    {
        lock (_gate)
            _present--;
        RetireIfEmpty();
    }

    /// <summary>Associations in use and idle.</summary>
    public int Open
    {
        get
        {
            lock (_gate)
            {
                return AssociationPool.MaxPerNode - _places.CurrentCount + _idle.Count;
            }
        }
    }

    /// <summary>Waits for one of the places.</summary>
    /// <exception cref="DicomTimeoutException">Every place stayed taken.</exception>
    public void Enter(PacsNode node, CancellationToken cancellationToken)
    {
        if (!_places.Wait(AssociationPool.PlaceLimit, cancellationToken))
        {
            throw new DicomTimeoutException(
                "Association",
                AssociationPool.PlaceLimit,
                string.Create(CultureInfo.InvariantCulture, $"all {AssociationPool.MaxPerNode} associations with {node} have been in use by other operations of this process for {AssociationPool.PlaceLimit.TotalSeconds} s"));
        }
    }

    public void Leave() => _places.Release();

    /// <summary>An idle association for these contexts that is still alive, or null. To be called inside a place.</summary>
    public Association? Take(AssociationKey key)
    {
        List<Association> dead = [];
        var found = Find(key, dead);
        dead.ForEach(one => one.Dispose());
        if (found is null)
            MakeRoom();
        return found;
    }

    // What has died is left to the caller: who ends an association tells its observer, which may wait for the reader of a job's log, and nobody may wait with it.
    private Association? Find(AssociationKey key, List<Association> dead)
    {
        lock (_gate)
        {
            for (var i = _idle.Count - 1; i >= 0; i--)
            {
                var idle = _idle[i];
                if (idle.Key != key)
                {
                    continue;
                }

                _idle.RemoveAt(i);
                if (idle.Association.IsIdleAndAlive)
                {
                    return idle.Association;
                }

                dead.Add(idle.Association);
            }
        }

        return null;
    }

    // A new association is about to be opened: with those in use there may be no more than the limit. The end of the others is waited for, and by
    // whoever comes next too: an archive that allows so many and no more would refuse the new one.
    private void MakeRoom()
    {
        lock (_ending)
        {
            List<Association> surplus = [];
            lock (_gate)
            {
                var inUse = AssociationPool.MaxPerNode - _places.CurrentCount;
                while (_idle.Count > 0 && inUse + _idle.Count > AssociationPool.MaxPerNode)
                {
                    surplus.Add(_idle[0].Association);
                    _idle.RemoveAt(0);
                }
            }

            JobVoice.Unheard(() => surplus.ForEach(one => AssociationEnd.Within(s_releaseLimit, one)));
        }
    }

    /// <summary>Keeps an association whose operation ended well. To be called before the place is left.</summary>
    public void Keep(AssociationKey key, Association association)
    {
        if (!association.IsIdleAndAlive)
        {
            association.Dispose();
            return;
        }

        lock (_gate)
        {
            _idle.Add(new Idle(key, association, time.GetTimestamp()));
            _sweep ??= LookIn(s_lookEvery);
        }
    }

    public IReadOnlyList<Association> TakeAll()
    {
        lock (_gate)
        {
            Association[] all = [.. _idle.Select(i => i.Association)];
            _idle.Clear();
            _sweep?.Dispose();
            _sweep = null;
            return all;
        }
    }

    /// <summary>Ends this one if nobody is here and nothing lies here: a process may meet any number of nodes in its life.</summary>
    public void RetireIfEmpty()
    {
        lock (_gate)
        {
            if (_isRetired || _present > 0 || _idle.Count > 0)
                return;
            _isRetired = true;
        }

        onEmpty(this);
    }

    private void Sweep()
    {
        List<Association> dead = [];
        LookAtIdle(dead);
        dead.ForEach(one => one.Dispose());
        RetireIfEmpty();
    }

    private void LookAtIdle(List<Association> dead)
    {
        lock (_gate)
        {
            for (var i = _idle.Count - 1; i >= 0; i--)
            {
                var association = _idle[i].Association;
                if (!association.IsIdleAndAlive)
                {
                    dead.Add(association);
                }
                else if (time.GetElapsedTime(_idle[i].Since) >= AssociationPool.IdleLimit)
                {
                    ReleaseBehind(association);
                }
                else
                {
                    continue;
                }

                _idle.RemoveAt(i);
            }

            _sweep?.Dispose();
            _sweep = _idle.Count == 0
                ? null
                : LookIn(NextLook());
        }
    }

    // The look belongs to no job: with the flow of the job that happens to ask for it, its log and transcript would be kept, and written to, for as long as anything lies here.
    private ITimer LookIn(TimeSpan due)
    {
        if (ExecutionContext.IsFlowSuppressed())
            return time.CreateTimer(_ => Sweep(), null, due, Timeout.InfiniteTimeSpan);
        using (ExecutionContext.SuppressFlow())
            return time.CreateTimer(_ => Sweep(), null, due, Timeout.InfiniteTimeSpan);
    }

    private TimeSpan NextLook()
    {
        var untilLimit = AssociationPool.IdleLimit - time.GetElapsedTime(_idle.Min(i => i.Since));
        return untilLimit < s_lookEvery ? untilLimit : s_lookEvery;
    }

    // The release waits for the peer; nobody here has to.
    private static void ReleaseBehind(Association association) => _ = Task.Run(() => { association.Release(); });

    private sealed record Idle(AssociationKey Key, Association Association, long Since);
}
