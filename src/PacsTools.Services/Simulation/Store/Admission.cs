namespace PacsTools.Services.Simulation;

/// <summary>Takes a file that has come, by whatever road, into the archive: from then on it is found and sent.</summary>
internal static class Admission
{
    /// <param name="state">The simulator.</param>
    /// <param name="file">The file, closed.</param>
    /// <param name="header">Its header.</param>
    /// <exception cref="IOException">It cannot be put in its place.</exception>
    public static void Take(SimulatorState state, IncomingFile file, InstanceHeader header)
    {
        var kept = state.Store.Keep(file, header, state.Index.FindInstance(header.SopInstanceUid!));
        if (state.Index.Add(kept) is { } replaced)
            state.Store.Discard(replaced, kept);
    }
}
