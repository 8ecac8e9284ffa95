namespace PacsTools.Services;

/// <summary>How far a job has come.</summary>
/// <param name="Activity">What is being done, the same words for the whole job.</param>
/// <param name="Status">What is happening at the moment.</param>
/// <param name="Done">Items finished.</param>
/// <param name="Total">Items expected, or null while that is not known.</param>
/// <param name="Bytes">Bytes moved, 0 where that says nothing.</param>
/// <param name="Completed">True once, at the end.</param>
internal sealed record JobProgress(string Activity, string Status, long Done, long? Total = null, long Bytes = 0, bool Completed = false);
