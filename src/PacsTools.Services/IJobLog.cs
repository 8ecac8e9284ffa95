namespace PacsTools.Services;

/// <summary>What a job has to say beside its results. Called from the job's own threads; an implementation must be safe for that and must not block for long.</summary>
internal interface IJobLog
{
    /// <summary>Something the user should know although the job goes on.</summary>
    /// <param name="id">A stable word for it: <c>Query.IgnoredKey</c>.</param>
    /// <param name="text">A whole sentence without patient data.</param>
    void Warning(string id, string text);

    /// <summary>A detail for whoever asked for details. Carries no patient data.</summary>
    void Verbose(string text);

    /// <summary>How far the job has come. May be called often; whoever shows it throttles it.</summary>
    void Progress(JobProgress progress);
}
