using System.Management.Automation;

namespace PacsTools.Pipeline;

/// <summary>
/// What a cmdlet's asynchronous work may do to PowerShell, from any thread. Everything crosses a bounded queue to the
/// pipeline thread, in order; when the consumer is slow the awaits here are, and so is the network behind them.
/// Every member throws <see cref="OperationCanceledException"/> once the pipeline has stopped.
/// </summary>
internal interface IPipeline
{
    /// <summary>Emits one object; a list is one object too, so enumerate before.</summary>
    ValueTask WriteObjectAsync(object value);

    /// <summary>Writes a non-terminating error, after every object written before it.</summary>
    ValueTask WriteErrorAsync(ErrorRecord error);

    /// <summary>Writes a warning.</summary>
    ValueTask WriteWarningAsync(string text);

    /// <summary>Writes to the verbose stream. Never give it patient data.</summary>
    ValueTask WriteVerboseAsync(string text);

    /// <summary>Asks -WhatIf and -Confirm on the pipeline thread.</summary>
    Task<bool> ShouldProcessAsync(string target, string action);

    /// <summary>Notes how far the work is; shown at most five times a second, the newest state wins.</summary>
    void Progress(in ProgressState state);

    /// <summary>
    /// Starts work that outlives this record, so that several inputs proceed together while the upstream command still
    /// runs. It has ended before the cmdlet ends; what it throws becomes an error record about <paramref name="target"/>.
    /// </summary>
    void RunBeside(Func<CancellationToken, Task> work, object? target);
}
