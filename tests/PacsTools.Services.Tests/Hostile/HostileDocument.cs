using System.Text;

namespace PacsTools.Services.Tests.Hostile;

/// <summary>The rows as a document for people.</summary>
internal static class HostileDocument
{
    private const string Preface = """
        # Hostile peers

        What PacsTools answers to peers that break the protocol, or try to break it. Every row is a test with this name and this answer (tests/PacsTools.Services.Tests/Hostile);
        a test holds this document to them, and `PACSTOOLS_APPROVE=1` writes it anew.

        After every row the same is checked: an honest peer is served at once; no association, connection, thread or unfinished file is left;
        what was allocated is in proportion to what was received (at most 12 MB, 512 KB a connection and 100 bytes a byte, the tests' own share included);
        and at most 8 MB of it are still held, which is what buffer pools keep. All rows of a table are done to one and the same instance of what is attacked, one after another.

        `A-ABORT 2/6` is source 2, the service provider, and reason 6 (PS3.8 Table 9-26); `A-ASSOCIATE-RJ 1/1/7` is result, source and reason (Table 9-21). What users of
        ours are told are the ids of error records, in parentheses the field at fault. Several answers are divided by `|` where the row does several things.

        What no answer can prevent: whoever is let in may hold an association for as long as something moves on it. How many that are, in all and from one address,
        is bounded by `-MaxAssociations` and `-MaxAssociationsPerPeer`; who comes at all by `-AllowedAddress`. Connections that have not asked for an association take nobody's place:
        where there are too many of them, the one that has been silent longest goes.
        """;

    public static string Text()
    {
        var text = new StringBuilder(Preface).Append('\n');
        Table(text, "The Storage SCP, attacked by a peer that", HostileTable.Scp);
        Table(text, "The simulator, attacked by a peer that", HostileTable.Simulator);
        Table(text, "The simulator's DICOMweb, attacked by a client that", HostileTable.WebServer);
        Table(text, "Our requestors, sent to an acceptor that", HostileTable.Requestors);
        Table(text, "Our DICOMweb client, sent to a server that", HostileTable.WebClient);
        return text.Replace("\r\n", "\n").ToString();
    }

    private static void Table<TTarget>(StringBuilder text, string title, IReadOnlyList<HostileRow<TTarget>> rows)
        where TTarget : HostileTarget
    {
        text.Append($"\n## {title}\n\n| … | and is answered |\n|---|---|\n");
        foreach (var row in rows)
            text.Append($"| {Cell(row.Name)} | {Cell(row.Answer)} |\n");
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
