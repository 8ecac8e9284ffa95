using PacsTools.Fuzz.Mutation;

namespace PacsTools.Fuzz.Targets;

/// <summary>Code that takes bytes from others, and what may be asked of it. One for each run; used by one thread.</summary>
internal abstract class FuzzTarget : IDisposable
{
    /// <summary>The name on the command line.</summary>
    internal abstract string Name { get; }

    /// <summary>What is to be reached: beginnings of full type names.</summary>
    internal abstract IReadOnlyList<string> Rooms { get; }

    /// <summary>Words that mean something to the code under test.</summary>
    internal virtual IReadOnlyList<byte[]> Tokens => [];

    /// <summary>Bytes of the longest input made.</summary>
    internal virtual int MaxInput => 64 << 10;

    /// <summary>Bytes that may be allocated whatever the input: buffers of fixed size, exceptions with their texts.</summary>
    internal virtual long AllocationAtRest => 256 << 10;

    /// <summary>Bytes that may be allocated for each byte received, over all the ways one input is tried.</summary>
    internal abstract long AllocationPerByte { get; }

    /// <summary>Makes an input by the rules of the format, some of them broken.</summary>
    internal abstract byte[] Generate(FuzzRandom random);

    /// <summary>Changes an input as what it is; null if it cannot be read as that.</summary>
    internal virtual byte[]? MutateStructure(byte[] input, FuzzRandom random) => null;

    /// <summary>Tries an input in every way there is.</summary>
    /// <exception cref="Exception">Documented (see <see cref="IsDocumented"/>), or a finding.</exception>
    internal abstract void Try(byte[] input);

    /// <summary>True for what the code under test says it throws.</summary>
    internal abstract bool IsDocumented(Exception error);

    /// <summary>How many bytes were received with an input: more than it has where it is compressed.</summary>
    internal virtual long Received(byte[] input) => input.Length;

    public virtual void Dispose()
    {
    }

    /// <summary>Runs one way of several, so that a documented error does not hide the others.</summary>
    /// <returns>False if it ended with a documented error.</returns>
    protected bool Attempt(Action way)
    {
        try
        {
            way();
            return true;
        }
        catch (Exception e) when (IsDocumented(e))
        {
            return false;
        }
    }

    /// <summary>Says what must hold whatever was received.</summary>
    /// <exception cref="BrokenPromiseException">It does not.</exception>
    protected static void Promise(bool holds, string what)
    {
        if (!holds) throw new BrokenPromiseException(what);
    }
}
