using Microsoft.Extensions.Time.Testing;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Resilience;
using PacsTools.Services.Web;

namespace PacsTools.Services.Tests.Resilience;

public sealed class RetryPolicyTests
{
    private static readonly Exception NetworkError = new DicomNetworkException("connection reset", isTransient: true);
    private static readonly Exception UnknownHost = new DicomNetworkException("no such host", isTransient: false);
    private static readonly Exception Timeout = new DicomTimeoutException("Find", TimeSpan.FromSeconds(1), "no answer");
    private static readonly Exception Busy = new DimseStatusException(0xA700, "out of resources");
    private static readonly Exception CannotUnderstand = new DimseStatusException(0xC000, "unable to process");
    private static readonly Exception Permanent = new AssociationRejectedException(1, 1, 7, "pacs");
    private static readonly Exception Transient = new AssociationRejectedException(2, 3, 1, "pacs");
    private static readonly Exception Aborted = new AssociationAbortedException("aborted", 0, 0, byPeer: true);

    public static TheoryData<string, double[]> Table => new()
    {
        { nameof(NetworkError), [1, 2] },
        { nameof(Transient), [1, 2] },
        { nameof(Timeout), [0] },
        { nameof(Busy), [5] },
        { nameof(UnknownHost), [] },
        { nameof(CannotUnderstand), [] },
        { nameof(Permanent), [] },
        { nameof(Aborted), [] },
    };

    private static Exception ErrorNamed(string name) =>
        (Exception)typeof(RetryPolicyTests).GetField(name, System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!.GetValue(null)!;

    /// <summary>Runs an operation that always fails and notes, on the fake clock, when each try began.</summary>
    private static async Task<(List<double> Starts, List<int> Factors, Exception Error)> RunAsync(int? retries, Func<int, Exception> errors, Func<Exception, bool>? mayRetry = null)
    {
        var time = new FakeTimeProvider();
        var begin = time.GetUtcNow();
        var policy = new RetryPolicy(retries, time, () => 0.5);
        List<double> starts = [];
        List<int> factors = [];
        var running = policy.RunAsync<int>(
            "test",
            (sequence, _) =>
            {
                starts.Add((time.GetUtcNow() - begin).TotalSeconds);
                factors.Add(sequence.TimeoutFactor);
                return Task.FromException<int>(errors(sequence.Try));
            },
            NoJobLog.Instance,
            CancellationToken.None,
            mayRetry);

        // Everything runs synchronously until it waits for the clock; each step of the clock is smaller than any delay of the table.
        for (var i = 0; i < 4000 && !running.IsCompleted; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Yield();
        }

        var error = await Assert.ThrowsAnyAsync<Exception>(() => running.WaitAsync(TimeSpan.FromSeconds(20)));
        return (starts, factors, error);
    }

    [Fact]
    public void The_jitter_never_undercuts_what_a_server_asked_for()
    {
        // The backoff would be 1.25 s by the first number and 0.75 s by the second.
        var numbers = new Queue<double>([1, 0]);
        var policy = new RetryPolicy(random: () => numbers.Dequeue());
        var asked = TimeSpan.FromSeconds(1.1);

        var decision = policy.Start().Next(new DicomWebException("DicomWeb.Http503", "busy") { IsTransient = true, RetryAfter = asked });

        Assert.InRange(decision.Delay, asked, TimeSpan.FromSeconds(1.25));
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Each_cause_is_tried_again_exactly_as_the_table_says(string name, double[] delays)
    {
        var error = ErrorNamed(name);
        var sequence = new RetryPolicy(null, new FakeTimeProvider(), () => 0.5).Start();
        foreach (var delay in delays)
        {
            var decision = sequence.Next(error);
            Assert.True(decision.Retry);
            Assert.Equal(delay, decision.Delay.TotalSeconds);
        }

        Assert.False(sequence.Next(error).Retry);
        Assert.Equal(1 + delays.Length, sequence.Try);

        var (starts, _, thrown) = await RunAsync(null, _ => error);
        Assert.Same(error, thrown);
        Assert.Equal(1 + delays.Length, starts.Count);
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Zero_retries_switch_everything_off(string name, double[] delays)
    {
        _ = delays;
        var (starts, _, _) = await RunAsync(0, _ => ErrorNamed(name));
        Assert.Single(starts);
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task A_number_of_retries_applies_to_network_errors_only(string name, double[] delays)
    {
        var (starts, _, _) = await RunAsync(4, _ => ErrorNamed(name));
        Assert.Equal(delays.Length == 2 ? 5 : 1 + delays.Length, starts.Count);
    }

    [Fact]
    public async Task The_spacing_of_tries_follows_the_clock()
    {
        var (starts, _, _) = await RunAsync(null, _ => NetworkError);
        Assert.Equal(3, starts.Count);
        Assert.InRange(starts[1] - starts[0], 1, 1.5);
        Assert.InRange(starts[2] - starts[1], 2, 2.5);
    }

    [Fact]
    public async Task A_timeout_doubles_the_time_of_the_next_try()
    {
        var (_, factors, _) = await RunAsync(null, _ => Timeout);
        Assert.Equal([1, 2], factors);
    }

    [Fact]
    public async Task Causes_are_counted_apart()
    {
        var (starts, factors, thrown) = await RunAsync(null, n => n switch { 1 => NetworkError, 2 => Timeout, 3 => Busy, _ => Permanent });
        Assert.Same(Permanent, thrown);
        Assert.Equal(4, starts.Count);
        Assert.Equal([1, 1, 2, 2], factors);
    }

    [Fact]
    public async Task The_operation_may_forbid_another_try()
    {
        var (starts, _, _) = await RunAsync(null, _ => NetworkError, _ => false);
        Assert.Single(starts);
    }

    [Fact]
    public void Jitter_stays_within_a_quarter()
    {
        foreach (var random in new[] { 0.0, 0.999 })
        {
            var delay = new RetryPolicy(null, null, () => random).Start().Next(NetworkError).Delay.TotalSeconds;
            Assert.InRange(delay, 0.75, 1.25);
        }
    }

    [Fact]
    public async Task Cancelling_ends_the_wait_for_the_next_try()
    {
        using var cancel = new CancellationTokenSource();
        var running = new RetryPolicy(null, new FakeTimeProvider()).RunAsync<int>(
            "test", (_, _) => Task.FromException<int>(Busy), NoJobLog.Instance, cancel.Token);
        Assert.False(running.IsCompleted);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task Cancellation_of_the_operation_is_never_retried()
    {
        var (starts, _, _) = await RunAsync(null, _ => new OperationCanceledException());
        Assert.Single(starts);
    }

    [Fact]
    public void A_negative_number_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryPolicy(-1));
}
