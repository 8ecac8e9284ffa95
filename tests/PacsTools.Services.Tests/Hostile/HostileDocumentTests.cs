namespace PacsTools.Services.Tests.Hostile;

/// <summary>docs/hostile-peers.md says what the rows do. After a change on purpose run this once with PACSTOOLS_APPROVE=1, which writes it, and review the difference.</summary>
public sealed class HostileDocumentTests
{
    private const string Approve = "PACSTOOLS_APPROVE";

    [Fact]
    public void The_document_has_the_rows_and_their_answers()
    {
        var path = Path.Combine(Root(), "docs", "hostile-peers.md");
        var now = HostileDocument.Text();
        if (Environment.GetEnvironmentVariable(Approve) == "1")
            File.WriteAllText(path, now);
        Assert.Equal(now, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void No_two_rows_of_a_table_have_one_name()
    {
        IEnumerable<string>[] tables = [HostileTable.Scp.Select(r => r.Name), HostileTable.Simulator.Select(r => r.Name), HostileTable.WebServer.Select(r => r.Name), HostileTable.Requestors.Select(r => r.Name), HostileTable.WebClient.Select(r => r.Name)];
        Assert.All(tables, names => Assert.Equal(names.Count(), names.Distinct().Count()));
    }

    private static string Root()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "PacsTools.sln")))
                return folder;
        }

        throw new DirectoryNotFoundException("The tests do not run inside the repository.");
    }
}
