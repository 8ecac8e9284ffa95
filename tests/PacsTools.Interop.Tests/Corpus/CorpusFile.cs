namespace PacsTools.Interop.Tests.Corpus;

/// <summary>A file and how it came to be.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Origin">How it was made.</param>
/// <param name="Damage">How it was broken, in one word; empty if it is whole.</param>
internal sealed record CorpusFile(string Path, string Origin, string Damage = "");
