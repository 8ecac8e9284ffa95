namespace PacsTools.Services.Retrieve;

/// <summary>What an attempt is worth.</summary>
/// <param name="Tally">What arrived and what did not.</param>
/// <param name="Error">Why it is not complete; null if it is.</param>
/// <param name="Missing">How many instances can be asked for again by name.</param>
/// <param name="Note">What to know of how it was judged; null if nothing.</param>
internal readonly record struct Judgement<T>(T Tally, Exception? Error, int Missing, string? Note);
