namespace PacsTools.Services;

/// <summary>For callers who do not listen.</summary>
internal sealed class NoJobLog : IJobLog
{
    public static readonly NoJobLog Instance = new();

    public void Warning(string id, string text)
    {
    }

    public void Verbose(string text)
    {
    }

    public void Progress(JobProgress progress)
    {
    }
}
