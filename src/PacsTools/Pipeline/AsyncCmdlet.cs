using System.Management.Automation;

namespace PacsTools.Pipeline;

/// <summary>
/// The bridge between PowerShell and asynchronous work, and the only place that calls PowerShell's Write* methods. Work runs
/// on other threads and speaks through <see cref="IPipeline"/>; the pipeline thread delivers what it says. Whatever
/// ends the pipeline early - Ctrl+C, <c>Select-Object -First</c>, an error downstream - cancels the work, waits a bounded
/// time for its goodbye on the wire, and only then lets PowerShell go on.
/// </summary>
public abstract class AsyncCmdlet : PSCmdlet, IDisposable
{
    // Time for a C-CANCEL or A-ABORT to leave and partial files to go. Who is slower goes on unseen; people wait at most a second.
    private static readonly TimeSpan StopGrace = TimeSpan.FromMilliseconds(800);

    private readonly CancellationTokenSource _stop = new();
    private readonly ProgressThrottle _progress = new(TimeProvider.System);
    private readonly PipelineQueue _queue;
    private HashSet<string> _commandLine = [];
    private Task _work = Task.CompletedTask;
    private bool _abandoned;

    /// <summary>Creates the bridge of one invocation.</summary>
    protected AsyncCmdlet() => _queue = new PipelineQueue(_stop.Token, _progress);

    /// <summary>Runs on the pipeline thread before <see cref="Begin"/>: what a family of commands has in common. A throw ends the command.</summary>
    private protected virtual void Prepare()
    {
    }

    /// <summary>Runs all work of the command, and with it whatever the work starts; to give it a common asynchronous context.</summary>
    private protected virtual Task InContextAsync(IPipeline pipeline, Func<Task> work) => work();

    /// <summary>Runs once when the command has ended, however it ended, and its work with it.</summary>
    private protected virtual void Finish()
    {
    }

    /// <summary>Runs on the pipeline thread before any input: check arguments, resolve paths. A throw ends the command.</summary>
    private protected virtual void Begin()
    {
    }

    /// <summary>Runs on the pipeline thread for every input object, before its work: what needs the session state. A throw ends the command.</summary>
    private protected virtual void TakeInput()
    {
    }

    /// <summary>Runs on the pipeline thread after the last input object, while what was started beside still runs.</summary>
    private protected virtual void EndInput()
    {
    }

    /// <summary>False where <see cref="TakeInput"/> was all there is to do for this input object: starting work for it costs more than it does.</summary>
    private protected virtual bool HasWork => true;

    /// <summary>The work of one input object, on another thread.</summary>
    private protected virtual Task ProcessRecordAsync(IPipeline pipeline, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The work after the last input object and after everything started beside it has ended. The command waits for what this starts beside, too.</summary>
    private protected virtual Task EndProcessingAsync(IPipeline pipeline, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What an unexpected failure of the present input is about.</summary>
    private protected virtual object? CurrentTarget => null;

    /// <summary>True if the parameter was not given on the command line but by this input object or, PowerShell keeps no better account, an earlier one.</summary>
    private protected bool IsFromPipeline(string parameter) =>
        MyInvocation.BoundParameters.ContainsKey(parameter) && !_commandLine.Contains(parameter);

    /// <summary>True if the parameter has been given, by whatever road.</summary>
    private protected bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    /// <inheritdoc/>
    protected sealed override void BeginProcessing()
    {
        _commandLine = new(MyInvocation.BoundParameters.Keys, StringComparer.OrdinalIgnoreCase);
        try
        {
            Prepare();
            Begin();
        }
        catch (TerminatingErrorException fatal)
        {
            ThrowTerminatingError(fatal.ErrorRecord);
        }
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        TakeInput();
        if (HasWork) Run(stop => ProcessRecordAsync(_queue, stop));
    }

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        EndInput();
        Run(async stop =>
        {
            await _queue.BesideAsync().ConfigureAwait(false);
            await EndProcessingAsync(_queue, stop).ConfigureAwait(false);
            await _queue.BesideAsync().ConfigureAwait(false);
        });
        CompleteProgress();
    }

    /// <summary>Only cancels: the pipeline thread, which is waiting in <see cref="Run"/>, does the rest.</summary>
    protected sealed override void StopProcessing() => _ = _stop.CancelAsync();

    /// <summary>Called by PowerShell when the pipeline ends, however it ends.</summary>
    public void Dispose()
    {
        Abandon();
        Finish();
        GC.SuppressFinalize(this);
    }

    private void Run(Func<CancellationToken, Task> work)
    {
        if (_stop.IsCancellationRequested) throw new PipelineStoppedException();
        var target = CurrentTarget;
        _work = Task.Run(() => _queue.RunAsync(stop => InContextAsync(_queue, () => work(stop)), target));
        try
        {
            while (true)
            {
                while (_queue.TryRead(out var item))
                {
                    if (item.Kind == PipelineEventKind.End) return;
                    Deliver(item);
                }

                _queue.WaitToRead();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            Abandon();
            throw new PipelineStoppedException();
        }
        catch
        {
            // Out of WriteObject: Select-Object -First, a stopped pipeline, or an error of a command downstream.
            Abandon();
            ClearProgress();
            throw;
        }
    }

    private void Deliver(in PipelineEvent item)
    {
        switch (item.Kind)
        {
            case PipelineEventKind.Object:
                WriteObject(item.Value is FileInfo file ? FileItem.Of(file, InvokeProvider) : item.Value, enumerateCollection: false);
                break;
            case PipelineEventKind.Error:
                WriteError((ErrorRecord)item.Value!);
                break;
            case PipelineEventKind.TerminatingError:
                ThrowTerminatingError((ErrorRecord)item.Value!);
                break;
            case PipelineEventKind.Warning:
                WriteWarning((string)item.Value!);
                break;
            case PipelineEventKind.Verbose:
                WriteVerbose((string)item.Value!);
                break;
            case PipelineEventKind.ShouldProcess:
                var question = (ShouldProcessQuestion)item.Value!;
                question.Reply(ShouldProcess(question.Target, question.Action));
                break;
        }

        if (!_progress.TryTake(out var states)) return;
        foreach (var state in states) WriteProgress(Record(state));
    }

    private void CompleteProgress()
    {
        foreach (var state in _progress.TakeShown()) WriteProgress(Record(state));
    }

    private void ClearProgress()
    {
        try
        {
            CompleteProgress();
        }
        catch (Exception)
        {
            // A stopped pipeline takes no progress, and its host clears what it shows.
        }
    }

    private static ProgressRecord Record(in ProgressState state) => new(state.Id, state.Activity, state.Status)
    {
        PercentComplete = state.Percent,
        RecordType = state.Completed ? ProgressRecordType.Completed : ProgressRecordType.Processing,
    };

    /// <summary>Cancels what still runs and waits a bounded time for it; safe to call again.</summary>
    private void Abandon()
    {
        if (_abandoned) return;
        _abandoned = true;
        _queue.Close();
        var running = Task.WhenAll(_work, _queue.BesideAsync());
        if (running.IsCompleted) return;
        _ = _stop.CancelAsync();
        try
        {
            running.Wait(StopGrace);
        }
        catch (AggregateException)
        {
            // The first reason is already on its way to the user.
        }
    }
}
