using System.Collections.Concurrent;
using PacsTools.Services;

namespace PacsTools.Interop.Tests.Services;

/// <summary>Keeps what a job says.</summary>
internal sealed class RecordingLog : IJobLog
{
    public ConcurrentQueue<(string Id, string Text)> Warnings { get; } = new();

    public ConcurrentQueue<string> Details { get; } = new();

    public void Warning(string id, string text) => Warnings.Enqueue((id, text));

    public void Verbose(string text) => Details.Enqueue(text);

    public void Progress(JobProgress progress)
    {
    }
}
