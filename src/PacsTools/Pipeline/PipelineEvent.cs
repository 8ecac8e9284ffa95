namespace PacsTools.Pipeline;

/// <summary>What the pipeline thread is asked to do.</summary>
internal enum PipelineEventKind
{
    Object,
    Error,
    TerminatingError,
    Warning,
    Verbose,
    Progress,
    ShouldProcess,

    /// <summary>The work of one Begin/Process/End call has ended.</summary>
    End,
}

/// <summary>One item of the queue between a cmdlet's work and the pipeline thread.</summary>
internal readonly record struct PipelineEvent(PipelineEventKind Kind, object? Value = null);

/// <summary>A question that only the pipeline thread may ask; the answer returns to the asking task.</summary>
internal sealed class ShouldProcessQuestion(string target, string action)
{
    private readonly TaskCompletionSource<bool> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Target => target;

    public string Action => action;

    public Task<bool> Answer => _answer.Task;

    public void Reply(bool value) => _answer.TrySetResult(value);
}
