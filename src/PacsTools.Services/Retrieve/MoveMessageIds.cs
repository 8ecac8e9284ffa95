namespace PacsTools.Services.Retrieve;

/// <summary>
/// Message ids for C-MOVE, unique in the process and not only on the association: a C-STORE names its C-MOVE by AE title and this number alone
/// (PS3.7 9.1.1.1.7).
/// </summary>
internal static class MoveMessageIds
{
    // A start of its own for each process: two of them may share one calling AE title.
    private static int s_last = Random.Shared.Next(ushort.MaxValue);

    public static ushort Next()
    {
        ushort id;
        do
        {
            id = (ushort)Interlocked.Increment(ref s_last);
        }
        while (id == 0);
        return id;
    }
}
