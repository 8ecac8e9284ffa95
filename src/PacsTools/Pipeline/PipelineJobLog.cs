using PacsTools.Dicom.Errors;
using PacsTools.Services;

namespace PacsTools.Pipeline;

/// <summary>
/// Lets a job's remarks reach PowerShell. A job speaks from its own threads and cannot await; where the queue is full it
/// waits, as it would for its results. A stopped pipeline ends the wait, and what is said after that is lost on purpose.
/// </summary>
/// <param name="pipeline">Where the remarks go.</param>
/// <param name="progressId">Tells the progress of jobs that run side by side apart.</param>
internal sealed class PipelineJobLog(IPipeline pipeline, int progressId = 0) : IJobLog
{
    public void Warning(string id, string text) => Wait(pipeline.WriteWarningAsync(PlainText.Of(text)));

    public void Verbose(string text) => Wait(pipeline.WriteVerboseAsync(PlainText.Of(text)));

    public void Progress(JobProgress progress)
    {
        var percent = progress.Total is > 0 ? (int)Math.Clamp(100 * progress.Done / progress.Total.Value, 0, 100) : -1;
        pipeline.Progress(new(progressId, progress.Activity, progress.Status, percent, progress.Completed));
    }

    private static void Wait(ValueTask posted)
    {
        if (posted.IsCompletedSuccessfully) return;
        try
        {
            posted.AsTask().GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            // The job learns of the stop by its own token.
        }
    }
}
