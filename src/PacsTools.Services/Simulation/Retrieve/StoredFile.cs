namespace PacsTools.Services.Simulation;

/// <summary>Opens the data set of a stored instance, to be sent byte by byte as it lies on disk.</summary>
internal static class StoredFile
{
    /// <returns>A stream that stands at the first byte of the data set, and how many follow.</returns>
    /// <exception cref="IOException">The file is gone, or no data set that can be sent.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may no longer be read.</exception>
    public static (FileStream Stream, long Length) Open(StoredInstance instance)
    {
        var stream = new FileStream(instance.Path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        var length = stream.Length - instance.DatasetOffset;

        // Fragments are even (PS3.8 E.2), and mending the file would not be sending it as it is.
        if (length <= 0 || length % 2 != 0)
        {
            stream.Dispose();
            throw new IOException($"a stored data set of {length} bytes cannot be sent");
        }

        stream.Position = instance.DatasetOffset;
        return (stream, length);
    }
}
