using System.Runtime.InteropServices;

namespace PacsTools.Services.Storage;

/// <summary><c>struct open_how</c> of Linux, which openat2 is told.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct OpenHow(ulong flags, ulong mode, ulong resolve)
{
    public readonly ulong Flags = flags;
    public readonly ulong Mode = mode;
    public readonly ulong Resolve = resolve;
}
