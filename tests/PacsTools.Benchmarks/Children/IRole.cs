namespace PacsTools.Benchmarks.Children;

/// <summary>What a child process does for a benchmark: one of our programs, with a memory and processor seconds of its own.</summary>
internal interface IRole
{
    /// <summary>Does a job and tells its figures; seconds are measured here, without the way to and from the parent.</summary>
    /// <param name="words">The job and what it needs.</param>
    Task<Answer> DoAsync(string[] words);
}
