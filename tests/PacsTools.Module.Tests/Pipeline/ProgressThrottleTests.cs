using Microsoft.Extensions.Time.Testing;
using PacsTools.Pipeline;

namespace PacsTools.Module.Tests.Pipeline;

/// <summary>At most five showings a second, the newest state wins, and what was shown is ended.</summary>
public class ProgressThrottleTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ProgressThrottle _throttle;

    public ProgressThrottleTests()
    {
        _time.Advance(TimeSpan.FromMinutes(1));
        _throttle = new ProgressThrottle(_time);
    }

    [Fact]
    public void The_first_state_is_shown_at_once()
    {
        Assert.True(_throttle.Note(State(1, "a")));
        Assert.True(_throttle.TryTake(out var states));
        Assert.Equal([State(1, "a")], states);
    }

    [Fact]
    public void A_second_of_many_states_shows_five()
    {
        var shown = 0;
        for (var millisecond = 0; millisecond < 1000; millisecond++)
        {
            _throttle.Note(State(1, $"{millisecond}"));
            if (_throttle.TryTake(out _)) shown++;
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(5, shown);
    }

    [Fact]
    public void The_newest_state_of_each_activity_is_shown()
    {
        _throttle.Note(State(1, "old"));
        _throttle.Note(State(2, "other"));
        _throttle.Note(State(1, "new"));

        Assert.True(_throttle.TryTake(out var states));
        Assert.Equal([State(1, "new"), State(2, "other")], states.OrderBy(s => s.Id));
    }

    [Fact]
    public void What_was_shown_is_ended_and_what_was_not_is_forgotten()
    {
        _throttle.Note(State(1, "shown"));
        _throttle.TryTake(out _);
        _throttle.Note(State(2, "never shown"));

        Assert.Equal([State(1, "shown") with { Completed = true }], _throttle.TakeShown());
        Assert.Empty(_throttle.TakeShown());
    }

    [Fact]
    public void An_activity_that_ends_before_it_was_shown_is_never_shown()
    {
        _throttle.Note(State(1, "a"));
        _throttle.Note(State(1, "a") with { Completed = true });

        Assert.False(_throttle.TryTake(out _));
    }

    [Fact]
    public void An_activity_that_was_shown_is_ended_once()
    {
        _throttle.Note(State(1, "a"));
        _throttle.TryTake(out _);
        _throttle.Note(State(1, "a") with { Completed = true });
        _time.Advance(TimeSpan.FromMilliseconds(200));

        Assert.True(_throttle.TryTake(out var states));
        Assert.True(Assert.Single(states).Completed);
        Assert.Empty(_throttle.TakeShown());
    }

    private static ProgressState State(int id, string status) => new(id, "activity", status);
}
