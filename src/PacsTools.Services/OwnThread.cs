namespace PacsTools.Services;

/// <summary>Work that blocks, on a thread of its own: the pool's are for those that do not.</summary>
internal static class OwnThread
{
    // Whoever awaits the end goes on elsewhere: what comes after is none of this thread's business.
    private const TaskCreationOptions Options = TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach | TaskCreationOptions.RunContinuationsAsynchronously;

    /// <summary>Starts the work; the task has its result, or what it threw.</summary>
    public static Task<T> RunAsync<T>(Func<T> work) => Task.Factory.StartNew(work, CancellationToken.None, Options, TaskScheduler.Default);

    /// <inheritdoc cref="RunAsync{T}(Func{T})"/>
    public static Task RunAsync(Action work) => Task.Factory.StartNew(work, CancellationToken.None, Options, TaskScheduler.Default);
}
