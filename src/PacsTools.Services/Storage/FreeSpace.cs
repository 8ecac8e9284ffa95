namespace PacsTools.Services.Storage;

/// <summary>The space a Storage SCP leaves free on the disk of its folder.</summary>
internal static class FreeSpace
{
    // Often enough that a large instance cannot eat much of the reserve, seldom enough to cost nothing.
    internal const long CheckEvery = 16 << 20;

    /// <summary>Throws if less than the reserve is free. A folder that is gone, or a disk that does not tell, is left to the writing to find out.</summary>
    /// <exception cref="FreeSpaceException">Too little is free.</exception>
    public static void Check(string folder, long reserve)
    {
        if (reserve > 0 && Available(folder) is { } free && free < reserve)
            throw new FreeSpaceException(free, reserve);
    }

    private static long? Available(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is ArgumentException || StorageFault.IsFileSystem(e))
        {
            return null;
        }
    }
}
