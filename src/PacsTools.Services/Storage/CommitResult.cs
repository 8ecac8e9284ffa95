namespace PacsTools.Services.Storage;

/// <summary>What became of a received file when its last byte was in.</summary>
/// <param name="Outcome">Stored, Duplicate or Failed.</param>
/// <param name="Path">The file that now stands for the instance; null if it failed.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Status">The status for the sender.</param>
/// <param name="Reason">Why it failed.</param>
/// <param name="Warning">What the user should know although it is stored.</param>
internal readonly record struct CommitResult(
    InstanceOutcome Outcome, string? Path, long Length, ushort Status = 0, string? Reason = null, string? Warning = null);
