using PacsTools.Fuzz.Targets;

namespace PacsTools.Fuzz.Running;

/// <summary>Cuts an input down while what is wrong with it stays the same.</summary>
internal static class Minimizer
{
    private const int MaxTries = 3000;

    /// <param name="target">The target.</param>
    /// <param name="input">The input.</param>
    /// <param name="kind">What has to stay wrong.</param>
    /// <param name="beforeTry">Called before each try, for whoever watches the time.</param>
    internal static byte[] Minimize(FuzzTarget target, byte[] input, string kind, Action beforeTry)
    {
        int tries = 0;
        for (int piece = Math.Max(1, input.Length / 2); piece > 0 && tries < MaxTries; piece /= 2)
        {
            for (int at = 0; at < input.Length && tries < MaxTries;)
            {
                tries++;
                beforeTry();
                byte[] shorter = [.. input.AsSpan(0, at), .. input.AsSpan(Math.Min(input.Length, at + piece))];
                if (Oracle.Try(target, shorter).Kind == kind) input = shorter;
                else at += piece;
            }
        }

        for (int at = 0; at < input.Length && tries < MaxTries; at++)
        {
            if (input[at] == 0) continue;
            tries++;
            beforeTry();
            byte[] simpler = (byte[])input.Clone();
            simpler[at] = 0;
            if (Oracle.Try(target, simpler).Kind == kind) input = simpler;
        }

        return input;
    }
}
