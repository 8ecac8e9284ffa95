namespace PacsTools.Dicom.Dimse;

using Encoding = System.Text.Encoding;

/// <summary>Gives the same string for the same SOP class again and again: every response of a query names it, thousands of times a
/// second. A small table whose entries push each other out, so it can never grow; a race costs one more string.</summary>
internal static class UidCache
{
    private const int MaxUidLength = 64;

    private static readonly string?[] Slots = new string?[128];

    public static string? Get(ReadOnlySpan<byte> uid)
    {
        if (uid.IsEmpty)
            return null;
        if (uid.Length > MaxUidLength)
            return Encoding.Latin1.GetString(uid);
        var hash = 2166136261u;
        foreach (var b in uid)
            hash = (hash ^ b) * 16777619u;
        ref var slot = ref Slots[(int)((hash ^ (hash >> 16)) & 127)];
        var known = slot;
        if (known is not null && Matches(known, uid))
            return known;
        return slot = Encoding.Latin1.GetString(uid);
    }

    private static bool Matches(string text, ReadOnlySpan<byte> bytes)
    {
        if (text.Length != bytes.Length)
            return false;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (text[i] != bytes[i])
                return false;
        }

        return true;
    }
}
