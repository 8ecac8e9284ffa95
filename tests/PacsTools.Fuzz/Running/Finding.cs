namespace PacsTools.Fuzz.Running;

/// <summary>An input that the code under test does not stand.</summary>
/// <param name="Target">The target.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Iteration">The number of the input in the run.</param>
/// <param name="Kind">What is wrong; inputs with the same one are one finding.</param>
/// <param name="Details">The exception, or the figures.</param>
/// <param name="Input">The input, cut down as far as it went.</param>
internal sealed record Finding(string Target, ulong Seed, long Iteration, string Kind, string Details, byte[] Input);
