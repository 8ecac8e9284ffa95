using PacsTools.Dicom.Data;

namespace PacsTools.Output;

/// <summary>UIDs of the standard by the names the standard gives them. The views use it.</summary>
public static class UidName
{
    /// <summary>The name of a UID of PS3.6 A; any other UID as it is.</summary>
    /// <param name="uid">The UID; null gives null.</param>
    public static string? Of(string? uid) => uid is not null && UidRegistry.TryGet(uid, out var entry) ? entry.Name : uid;
}
