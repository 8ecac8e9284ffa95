namespace PacsTools.Services.Observation;

/// <summary>Lets the associations of a job tell of themselves in its log, in one line each and one line an operation.</summary>
/// <remarks>It follows the asynchronous flow of the job, so that an association from the pool speaks to whoever uses it at the moment.</remarks>
internal static class JobVoice
{
    private static readonly AsyncLocal<IJobLog?> s_current = new();

    /// <summary>The log of the job at hand, if it wants to hear of associations.</summary>
    public static IJobLog? Current => s_current.Value;

    /// <summary>Makes a log that of the asynchronous flow that calls; an async method that does so sets it for itself and what it starts.</summary>
    public static void Follow(IJobLog log) => s_current.Value = log;

    /// <summary>Does what is no business of the job at hand, so that its log hears nothing of it.</summary>
    public static void Unheard(Action work)
    {
        var log = s_current.Value;
        s_current.Value = null;
        try
        {
            work();
        }
        finally
        {
            s_current.Value = log;
        }
    }
}
