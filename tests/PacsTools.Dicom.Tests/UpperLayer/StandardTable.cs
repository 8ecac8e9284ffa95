namespace PacsTools.Dicom.Tests.UpperLayer;

/// <summary>PS3.8 Table 9-10 once more, written down a state a row so that a slip in one transcript shows against the other.
/// Columns are Evt1 to Evt19; a dash is a cell the standard leaves empty. Behind it: where each action leads (PS3.8 9.2.2).</summary>
internal static class StandardTable
{
    //             1   2   3   4   5   6   7   8   9   10  11  12  13   14  15  16  17  18  19
    private const string Rows = """
        Sta1       AE1 -   -   -   AE5 -   -   -   -   -   -   -   -    -   -   -   -   -   -
        Sta2       -   -   AA1 AA1 -   AE6 -   -   -   AA1 -   AA1 AA1  -   -   AA2 AA5 AA2 AA1
        Sta3       -   -   AA8 AA8 -   AA8 AE7 AE8 -   AA8 -   AA8 AA8  -   AA1 AA3 AA4 -   AA8
        Sta4       -   AE2 -   -   -   -   -   -   -   -   -   -   -    -   AA2 -   AA4 -   -
        Sta5       -   -   AE3 AE4 -   AA8 -   -   -   AA8 -   AA8 AA8  -   AA1 AA3 AA4 -   AA8
        Sta6       -   -   AA8 AA8 -   AA8 -   -   DT1 DT2 AR1 AR2 AA8  -   AA1 AA3 AA4 -   AA8
        Sta7       -   -   AA8 AA8 -   AA8 -   -   -   AR6 -   AR8 AR3  -   AA1 AA3 AA4 -   AA8
        Sta8       -   -   AA8 AA8 -   AA8 -   -   AR7 AA8 -   AA8 AA8  AR4 AA1 AA3 AA4 -   AA8
        Sta9       -   -   AA8 AA8 -   AA8 -   -   -   AA8 -   AA8 AA8  AR9 AA1 AA3 AA4 -   AA8
        Sta10      -   -   AA8 AA8 -   AA8 -   -   -   AA8 -   AA8 AR10 -   AA1 AA3 AA4 -   AA8
        Sta11      -   -   AA8 AA8 -   AA8 -   -   -   AA8 -   AA8 AR3  -   AA1 AA3 AA4 -   AA8
        Sta12      -   -   AA8 AA8 -   AA8 -   -   -   AA8 -   AA8 AA8  AR4 AA1 AA3 AA4 -   AA8
        Sta13      -   -   AA6 AA6 -   AA7 -   -   -   AA6 -   AA6 AA6  -   -   AA2 AR5 AA2 AA7
        """;

    private const string NextStates = """
        AE1 4  AE2 5  AE3 6  AE4 1  AE5 2  AE6 3  AE7 6  AE8 13
        DT1 6  DT2 6
        AR1 7  AR2 8  AR3 1  AR4 13  AR5 1  AR6 7  AR7 8  AR8 9  AR9 11  AR10 12
        AA1 13  AA2 1  AA3 1  AA4 1  AA5 1  AA6 13  AA7 13  AA8 13
        """;

    public static IEnumerable<(int State, int Event, string? Action)> Cells()
    {
        foreach (var row in Rows.Split('\n'))
        {
            var words = row.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            for (var e = 1; e < words.Length; e++)
                yield return (int.Parse(words[0].AsSpan(3)), e, words[e] == "-" ? null : words[e]);
        }
    }

    /// <summary>The next state, for the requestor and an acceptable request where that matters.</summary>
    public static int NextState(string action)
    {
        var words = NextStates.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        return int.Parse(words[Array.IndexOf(words, action) + 1]);
    }
}
