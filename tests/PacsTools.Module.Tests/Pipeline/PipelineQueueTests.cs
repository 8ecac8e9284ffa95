using PacsTools.Pipeline;

namespace PacsTools.Module.Tests.Pipeline;

/// <summary>The queue between a cmdlet's tasks and the pipeline thread, without PowerShell.</summary>
public class PipelineQueueTests
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PipelineQueue _queue;

    public PipelineQueueTests() => _queue = new PipelineQueue(_stop.Token, new ProgressThrottle(TimeProvider.System));

    [Fact]
    public async Task Events_keep_their_order_and_the_end_comes_last()
    {
        var work = _queue.RunAsync(
            async _ =>
            {
                await _queue.WriteObjectAsync(1);
                await _queue.WriteWarningAsync("w");
                await _queue.WriteVerboseAsync("v");
            },
            target: null);

        Assert.Equal([PipelineEventKind.Object, PipelineEventKind.Warning, PipelineEventKind.Verbose, PipelineEventKind.End], ReadToEnd().Select(e => e.Kind));
        await work;
    }

    [Fact]
    public async Task A_consumer_that_does_not_read_holds_the_producer_up()
    {
        var written = 0;
        var work = Task.Run(() => _queue.RunAsync(
            async _ =>
            {
                for (var i = 0; i < 10_000; i++)
                {
                    await _queue.WriteObjectAsync(i);
                    Interlocked.Increment(ref written);
                }
            },
            target: null));

        await TestKit.Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref written) == 256), "the queue is full");
        Assert.False(work.IsCompleted);
        Assert.Equal(10_000, ReadToEnd().Count(e => e.Kind == PipelineEventKind.Object));
        await work;
    }

    [Fact]
    public async Task Closing_ends_a_producer_that_waits()
    {
        var work = Task.Run(() => _queue.RunAsync(
            async _ =>
            {
                while (true) await _queue.WriteObjectAsync(1);
            },
            target: null));
        _queue.WaitToRead();

        await _stop.CancelAsync();
        _queue.Close();

        await work.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Stopping_ends_the_wait_of_the_pipeline_thread()
    {
        var waiting = Task.Run(_queue.WaitToRead);

        await _stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task A_question_is_answered_by_the_pipeline_thread()
    {
        var answer = _queue.ShouldProcessAsync("target", "action");
        _queue.WaitToRead();
        Assert.True(_queue.TryRead(out var item));

        var question = Assert.IsType<ShouldProcessQuestion>(item.Value);
        Assert.Equal(("target", "action"), (question.Target, question.Action));
        question.Reply(true);

        Assert.True(await answer);
    }

    [Fact]
    public async Task A_question_nobody_will_answer_ends_with_the_stop()
    {
        var answer = _queue.ShouldProcessAsync("target", "action");

        await _stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task Work_that_throws_becomes_an_error_and_still_ends()
    {
        await _queue.RunAsync(_ => throw new InvalidOperationException("boom"), target: null);

        Assert.Equal([PipelineEventKind.Error, PipelineEventKind.End], ReadToEnd().Select(e => e.Kind));
    }

    [Fact]
    public async Task Work_beside_the_record_is_known_until_it_ends()
    {
        var gate = new TaskCompletionSource();
        _queue.RunBeside(_ => gate.Task, target: null);

        var beside = _queue.BesideAsync();
        Assert.False(beside.IsCompleted);
        gate.SetResult();
        await beside.WaitAsync(TimeSpan.FromSeconds(10));
    }

    private List<PipelineEvent> ReadToEnd()
    {
        var events = new List<PipelineEvent>();
        while (true)
        {
            _queue.WaitToRead();
            while (_queue.TryRead(out var item))
            {
                events.Add(item);
                if (item.Kind == PipelineEventKind.End) return events;
            }
        }
    }
}
