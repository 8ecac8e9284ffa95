namespace PacsTools.Services.Storage;

/// <summary>The AE titles under which operations of this process call archives at the moment. A Storage SCP answers to them too.</summary>
internal static class CallingAETitles
{
    private static readonly Dictionary<string, int> s_inUse = new(StringComparer.Ordinal);

    public static bool IsInUse(string title)
    {
        lock (s_inUse)
            return s_inUse.ContainsKey(title);
    }

    /// <summary>Counts the title as in use until the result is disposed.</summary>
    public static IDisposable Use(string title)
    {
        lock (s_inUse)
            s_inUse[title] = s_inUse.GetValueOrDefault(title) + 1;
        return new Scope(() => Release(title));
    }

    private static void Release(string title)
    {
        lock (s_inUse)
        {
            if (--s_inUse[title] == 0)
                s_inUse.Remove(title);
        }
    }
}
