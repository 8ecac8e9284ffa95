namespace PacsTools.Services.Copying;

/// <summary>What the parts of a copy say, with the progress of the whole.</summary>
/// <param name="log">Who hears it.</param>
/// <param name="activity">The copy in words.</param>
/// <param name="passesProgress">False if the parts' progress is only to be known, since somebody else shows that of the whole.</param>
internal sealed class CopyLog(IJobLog log, string activity, bool passesProgress) : IJobLog
{
    private const long Unknown = -1;

    // Told by the threads of one part and read by those of another.
    private long _total = Unknown;

    /// <summary>How many instances there are to be, as far as that is known.</summary>
    public long? Total => Interlocked.Read(ref _total) is >= 0 and var total ? total : null;

    public void Warning(string id, string text) => log.Warning(id, text);

    public void Verbose(string text) => log.Verbose(text);

    public void Progress(JobProgress progress)
    {
        if (progress.Total is { } total)
            Interlocked.Exchange(ref _total, total);
        if (passesProgress)
            log.Progress(progress with { Activity = activity });
    }
}
