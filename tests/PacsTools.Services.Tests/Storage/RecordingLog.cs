using System.Collections.Concurrent;

namespace PacsTools.Services.Tests.Storage;

/// <summary>Keeps what a job says.</summary>
internal sealed class RecordingLog : IJobLog
{
    public ConcurrentQueue<(string Id, string Text)> Warnings { get; } = [];

    public ConcurrentQueue<string> VerboseTexts { get; } = [];

    public ConcurrentQueue<JobProgress> ProgressRecords { get; } = [];

    public void Warning(string id, string text) => Warnings.Enqueue((id, text));

    public void Verbose(string text) => VerboseTexts.Enqueue(text);

    public void Progress(JobProgress progress) => ProgressRecords.Enqueue(progress);
}
