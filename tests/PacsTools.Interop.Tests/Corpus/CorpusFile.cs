namespace PacsTools.Interop.Tests.Corpus;

/// <summary>A file and how it came to be.</summary>
internal sealed record CorpusFile(string Path, string Origin);
