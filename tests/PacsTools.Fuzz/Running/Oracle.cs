using System.Diagnostics;
using PacsTools.Fuzz.Targets;

namespace PacsTools.Fuzz.Running;

/// <summary>What became of an input: nothing to speak of, or what is wrong.</summary>
internal readonly record struct Verdict(string? Kind, string Details)
{
    internal bool IsFinding => Kind is not null;
}

/// <summary>Judges: nothing but documented exceptions, and memory in proportion to what was received.</summary>
internal static class Oracle
{
    internal static Verdict Try(FuzzTarget target, byte[] input)
    {
        Verdict verdict = TryOnce(target, input);

        // The first input on a path pays for what the runtime and the code under test load once.
        return verdict.Kind is "allocation" ? TryOnce(target, input) : verdict;
    }

    private static Verdict TryOnce(FuzzTarget target, byte[] input)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            target.Try(input);
        }
        catch (Exception e) when (target.IsDocumented(e))
        {
            // What a hostile input is to end with.
        }
        catch (Exception e)
        {
            return new Verdict($"{e.GetType().Name} {Place(e)}", e.ToString());
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        long bound = target.AllocationAtRest + (target.AllocationPerByte * target.Received(input));
        return allocated <= bound ? default : new Verdict("allocation", $"{allocated:N0} bytes allocated for {target.Received(input):N0} received; the bound is {bound:N0}.");
    }

    // The innermost method of the code under test: where to look, and the same for all inputs that end there.
    private static string Place(Exception error)
    {
        if (error is BrokenPromiseException broken) return broken.Promise;
        foreach (StackFrame frame in new StackTrace(error, false).GetFrames())
        {
            if (frame.GetMethod() is { DeclaringType: { } type } method && type.Assembly.GetName().Name is "PacsTools.Dicom" or "PacsTools.Services")
                return $"in {frame.GetMethod()!.DeclaringType!.Name}.{method.Name}";
        }

        return "outside the code under test";
    }
}
