using System.Management.Automation;
using System.Threading.Channels;

namespace PacsTools.Pipeline;

/// <summary>
/// The bounded queue between a cmdlet's tasks (many writers) and the pipeline thread (the one reader). It knows no cmdlet,
/// so the only code that touches PowerShell's streams stays in <see cref="AsyncCmdlet"/>.
/// </summary>
internal sealed class PipelineQueue(CancellationToken stopped, ProgressThrottle progress) : IPipeline
{
    // Deep enough that a producer of thousands of objects a second is not woken for each, shallow enough to throttle.
    private const int Capacity = 256;

    private readonly Channel<PipelineEvent> _channel = Channel.CreateBounded<PipelineEvent>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, AllowSynchronousContinuations = false });

    private readonly List<Task> _beside = [];

    public ValueTask WriteObjectAsync(object value) => PostAsync(new(PipelineEventKind.Object, value));

    public ValueTask WriteErrorAsync(ErrorRecord error) => PostAsync(new(PipelineEventKind.Error, error));

    public ValueTask WriteWarningAsync(string text) => PostAsync(new(PipelineEventKind.Warning, text));

    public ValueTask WriteVerboseAsync(string text) => PostAsync(new(PipelineEventKind.Verbose, text));

    public async Task<bool> ShouldProcessAsync(string target, string action)
    {
        var question = new ShouldProcessQuestion(target, action);
        await PostAsync(new(PipelineEventKind.ShouldProcess, question)).ConfigureAwait(false);
        return await question.Answer.WaitAsync(stopped).ConfigureAwait(false);
    }

    public void Progress(in ProgressState state)
    {
        // A full queue needs no nudge: the pipeline thread looks at the throttle after everything it delivers.
        if (progress.Note(state)) _channel.Writer.TryWrite(new(PipelineEventKind.Progress));
    }

    public void RunBeside(Func<CancellationToken, Task> work, object? target)
    {
        var task = Task.Run(() => GuardAsync(work, target), CancellationToken.None);
        lock (_beside)
        {
            _beside.RemoveAll(t => t.IsCompleted);
            _beside.Add(task);
        }
    }

    /// <summary>Everything <see cref="RunBeside"/> started that has not ended.</summary>
    public Task BesideAsync()
    {
        lock (_beside) return Task.WhenAll(_beside);
    }

    /// <summary>Runs the work of one Begin/Process/End call; whatever happens, the queue's reader learns that it ended.</summary>
    public async Task RunAsync(Func<CancellationToken, Task> work, object? target)
    {
        await GuardAsync(work, target).ConfigureAwait(false);
        await PostQuietlyAsync(new(PipelineEventKind.End)).ConfigureAwait(false);
    }

    /// <summary>The next event; false when nothing is there at the moment.</summary>
    public bool TryRead(out PipelineEvent item) => _channel.Reader.TryRead(out item);

    /// <summary>Blocks the pipeline thread until there is something to read.</summary>
    /// <exception cref="OperationCanceledException">The pipeline was stopped.</exception>
    public void WaitToRead()
    {
        var wait = _channel.Reader.WaitToReadAsync(stopped);
        if (wait.IsCompletedSuccessfully) return;
        wait.AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Nobody reads any more: whoever still writes is told by cancellation.</summary>
    public void Close() => _channel.Writer.TryComplete();

    private async Task GuardAsync(Func<CancellationToken, Task> work, object? target)
    {
        try
        {
            await work(stopped).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
            // The user stopped it; that is no error.
        }
        catch (TerminatingErrorException fatal)
        {
            await PostQuietlyAsync(new(PipelineEventKind.TerminatingError, fatal.ErrorRecord)).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            // A failure of the teardown that follows a stop has nobody to be told to.
            if (stopped.IsCancellationRequested) return;
            await PostQuietlyAsync(new(PipelineEventKind.Error, ErrorMap.ToRecord(error, target))).ConfigureAwait(false);
        }
    }

    private async ValueTask PostAsync(PipelineEvent item)
    {
        try
        {
            await _channel.Writer.WriteAsync(item, stopped).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new OperationCanceledException("The pipeline has stopped.", stopped);
        }
    }

    private async ValueTask PostQuietlyAsync(PipelineEvent item)
    {
        try
        {
            await PostAsync(item).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Nobody reads any more.
        }
    }
}
