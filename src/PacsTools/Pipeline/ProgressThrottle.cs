using System.Diagnostics.CodeAnalysis;

namespace PacsTools.Pipeline;

/// <summary>How far one activity is.</summary>
/// <param name="Id">Tells the activities of one cmdlet apart.</param>
/// <param name="Activity">What is being done.</param>
/// <param name="Status">How far it is, in words.</param>
/// <param name="Percent">0 to 100, or -1 where no total is known.</param>
/// <param name="Completed">The activity has ended.</param>
internal readonly record struct ProgressState(int Id, string Activity, string Status, int Percent = -1, bool Completed = false);

/// <summary>
/// Keeps the newest state of every activity and lets each be shown at most five times a second: drawing progress costs a
/// console more than receiving an instance does.
/// </summary>
internal sealed class ProgressThrottle(TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly object _gate = new();
    private readonly Dictionary<int, ProgressState> _newest = [];
    private readonly Dictionary<int, ProgressState> _shown = [];
    private long _lastShown;

    /// <summary>Takes a new state; true if it is time to show it.</summary>
    public bool Note(in ProgressState state)
    {
        lock (_gate)
        {
            // What was never shown need not be cleared from the screen.
            if (state.Completed && !_shown.ContainsKey(state.Id)) _newest.Remove(state.Id);
            else _newest[state.Id] = state;
            return _newest.Count > 0 && IsDue;
        }
    }

    /// <summary>The states to show now, if the last showing is long enough ago.</summary>
    public bool TryTake([NotNullWhen(true)] out IReadOnlyList<ProgressState>? states)
    {
        lock (_gate)
        {
            states = null;
            if (_newest.Count == 0 || !IsDue) return false;
            states = [.. _newest.Values];
            foreach (var state in states)
            {
                if (state.Completed) _shown.Remove(state.Id);
                else _shown[state.Id] = state;
            }

            _newest.Clear();
            _lastShown = time.GetTimestamp();
            return true;
        }
    }

    /// <summary>Ends every activity that is on the screen; forgets all.</summary>
    public IReadOnlyList<ProgressState> TakeShown()
    {
        lock (_gate)
        {
            ProgressState[] shown = [.. _shown.Values.Select(state => state with { Completed = true })];
            _shown.Clear();
            _newest.Clear();
            return shown;
        }
    }

    private bool IsDue => _lastShown is 0 || time.GetElapsedTime(_lastShown) >= Interval;
}
