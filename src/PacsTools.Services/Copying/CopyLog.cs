namespace PacsTools.Services.Copying;

/// <summary>What the parts of a copy say, with the progress of the whole.</summary>
/// <param name="log">Who hears it.</param>
/// <param name="activity">The copy in words.</param>
/// <param name="passesProgress">False if the parts' progress is only to be known, since somebody else shows that of the whole.</param>
internal sealed class CopyLog(IJobLog log, string activity, bool passesProgress) : IJobLog
{
    private long? _total;

    /// <summary>How many instances there are to be, as far as that is known.</summary>
    public long? Total => _total;

    public void Warning(string id, string text) => log.Warning(id, text);

    public void Verbose(string text) => log.Verbose(text);

    public void Progress(JobProgress progress)
    {
        _total = progress.Total ?? _total;
        if (passesProgress)
            log.Progress(progress with { Activity = activity });
    }
}
