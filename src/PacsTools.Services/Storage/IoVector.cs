using System.Runtime.InteropServices;

namespace PacsTools.Services.Storage;

/// <summary><c>struct iovec</c> of POSIX.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct IoVector(nint start, nuint length)
{
    public readonly nint Start = start;
    public readonly nuint Length = length;
}
