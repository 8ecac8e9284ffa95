using System.Collections.Concurrent;

namespace PacsTools.Services.Tests;

/// <summary>Keeps what a job says.</summary>
internal sealed class RecordingLog : IJobLog
{
    public ConcurrentQueue<(string Id, string Text)> Warnings { get; } = [];

    public ConcurrentQueue<string> Verboses { get; } = [];

    public ConcurrentQueue<JobProgress> Progresses { get; } = [];

    public void Warning(string id, string text) => Warnings.Enqueue((id, text));

    public void Verbose(string text) => Verboses.Enqueue(text);

    public void Progress(JobProgress progress) => Progresses.Enqueue(progress);
}
