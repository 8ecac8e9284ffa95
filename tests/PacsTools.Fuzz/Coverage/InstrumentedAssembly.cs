namespace PacsTools.Fuzz.Coverage;

/// <summary>An assembly with counters in it.</summary>
/// <param name="Name">Its simple name.</param>
/// <param name="Image">Its bytes.</param>
/// <param name="Symbols">Its portable symbols, so that findings name lines; null if there are none.</param>
/// <param name="Blocks">The method of each block, in the order of the counters.</param>
internal sealed record InstrumentedAssembly(string Name, byte[] Image, byte[]? Symbols, string[] Blocks);
