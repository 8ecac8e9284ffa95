namespace PacsTools.Services.Storage;

/// <summary>What an error of the file system means for a sender and for the user.</summary>
internal static class StorageFault
{
    /// <summary>Refused: out of resources (PS3.4 Table B.2-1).</summary>
    public const ushort OutOfResources = 0xA700;

    /// <summary>Data set does not match SOP class, or the instance named (PS3.4 Table B.2-1).</summary>
    public const ushort DataSetDoesNotMatch = 0xA900;

    /// <summary>Cannot understand (PS3.4 Table B.2-1).</summary>
    public const ushort CannotUnderstand = 0xC000;

    /// <summary>Processing failure (PS3.7 C.5.9): we cannot write, and room would not help.</summary>
    public const ushort ProcessingFailure = 0x0110;

    /// <summary>Duplicate SOP instance (PS3.7 C.5.6).</summary>
    public const ushort DuplicateInstance = 0x0111;

    private const int EFBIG = 27;
    private const int ENOSPC = 28;
    private const int EDQUOT = 122;
    private const int MacEDQUOT = 69;
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>True for the kinds of exception that files and folders raise.</summary>
    public static bool IsFileSystem(Exception e) => e is IOException or UnauthorizedAccessException or NotSupportedException;

    /// <summary>True if there is no room: disk, quota, the largest file allowed, or the reserve that is to stay free.</summary>
    public static bool IsFull(Exception e) => e is FreeSpaceException ||
        e is IOException && e.HResult is ENOSPC or EDQUOT or EFBIG or MacEDQUOT or WindowsDiskFull or WindowsHandleDiskFull;

    public static ushort StatusOf(Exception e) => IsFull(e) ? OutOfResources : ProcessingFailure;

    /// <summary>The cause in words that fit an Error Comment (0000,0902): no path, at most 64 characters.</summary>
    public static string CommentOf(Exception e) => IsFull(e) ? "No space left to store the instance" : "The instance could not be written";
}
