namespace PacsTools.Module.Tests.Help;

/// <summary>Help is complete, what is staged and committed is what the sources make, and what is missing breaks the build.</summary>
public sealed class HelpBuildTests : IDisposable
{
    private readonly HelpWorkbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void The_pages_of_docs_cmdlets_are_those_of_the_sources()
    {
        Assert.Empty(_bench.Run());

        var committed = Path.Combine(Repository.Root, "docs", "cmdlets");
        const string Advice = "docs/cmdlets is out of date: dotnet build src/PacsTools -t:UpdateDocs";
        Assert.True(Names(_bench.Pages).SequenceEqual(Names(committed)), Advice);
        foreach (var name in Names(_bench.Pages))
        {
            var (made, there) = (Text(_bench.Pages, name), Text(committed, name));
            Assert.True(made == there, $"{Advice} ({name})");
        }
    }

    [Theory]
    [InlineData("PacsTools.dll-Help.xml")]
    [InlineData("about_PacsTools_Errors.help.txt")]
    public void What_is_staged_is_what_the_sources_make(string name)
    {
        Assert.Empty(_bench.Run());
        Assert.Equal(Text(_bench.Out, name), Text(Path.Combine(Repository.Staged, "en-US"), name));
    }

    [Fact]
    public void A_cmdlet_without_its_file_is_named()
    {
        File.Delete(_bench.Of("Test-PacsEcho"));
        Assert.Contains(_bench.Run(), e => e.Contains("Test-PacsEcho.md: There is no such file", StringComparison.Ordinal));
    }

    [Fact]
    public void Too_few_examples_are_counted()
    {
        var path = _bench.Of("Get-StorageScp");
        var text = File.ReadAllText(path);
        File.WriteAllText(path, text.Remove(text.LastIndexOf("### ", StringComparison.Ordinal), text.IndexOf("## NOTES", StringComparison.Ordinal) - text.LastIndexOf("### ", StringComparison.Ordinal)));
        Assert.Contains("Get-StorageScp has 2 examples", Assert.Single(_bench.Run()));
    }

    [Theory]
    [InlineData("## NOTES", "Get-StorageScp has no NOTES")]
    [InlineData("## LINKS", "Get-StorageScp has no LINKS")]
    [InlineData("## DESCRIPTION", "Get-StorageScp has no description")]
    public void A_section_that_is_missing_is_named(string section, string expected)
    {
        var path = _bench.Of("Get-StorageScp");
        var text = File.ReadAllText(path);
        var start = text.IndexOf(section, StringComparison.Ordinal);
        var end = text.IndexOf("\n## ", start, StringComparison.Ordinal);
        File.WriteAllText(path, end < 0 ? text[..start] : text.Remove(start, end + 1 - start));
        Assert.Contains(expected, Assert.Single(_bench.Run()));
    }

    [Fact]
    public void A_parameter_without_words_is_named()
    {
        _bench.Edit(_bench.Documentation, "P:PacsTools.Commands.TestPacsEchoCommand.Count", "P:PacsTools.Commands.TestPacsEchoCommand.Other");
        Assert.Contains("PacsTools.Commands.TestPacsEchoCommand.Count: The parameter -Count has no summary", _bench.Run()[0]);
    }

    [Fact]
    public void A_cmdlet_without_words_is_named()
    {
        _bench.Edit(_bench.Documentation, "T:PacsTools.Commands.GetStorageScpCommand\"", "T:PacsTools.Commands.Other\"");
        Assert.Contains("Get-StorageScp has no summary", Assert.Single(_bench.Run()));
    }

    [Fact]
    public void An_output_without_words_is_named()
    {
        _bench.Edit(_bench.Documentation, "T:PacsTools.Output.PacsEchoResult\"", "T:PacsTools.Output.Other\"");
        Assert.Contains("Test-PacsEcho emits PacsTools.Output.PacsEchoResult", Assert.Single(_bench.Run()));
    }

    [Fact]
    public void A_default_that_cannot_be_read_from_the_code_is_asked_for()
    {
        _bench.Edit(_bench.Documentation, "<value>No limit</value>", "");
        Assert.Contains(_bench.Run(), p => p.Contains("WatchStorageScpCommand.Count: The comment of -Count needs a <value>", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Watch-StorageScp\n", "Watch-Nothing\n", "The link 'Watch-Nothing'")]
    [InlineData("The objects are live", "The objects -Live are live", "-Live is named")]
    [InlineData("```powershell", "```text", "has no ```powershell block")]
    [InlineData("## NOTES", "## REMARKS", "The section 'REMARKS'")]
    public void What_leads_nowhere_is_named(string old, string replacement, string expected)
    {
        _bench.Edit(_bench.Of("Get-StorageScp"), old, replacement);
        Assert.Contains(_bench.Run(), p => p.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_of_no_cmdlet_is_named()
    {
        File.Copy(_bench.Of("Get-StorageScp"), _bench.Of("Get-Nothing"));
        Assert.Contains("Get-Nothing.md: There is no exported cmdlet", Assert.Single(_bench.Run()));
    }

    [Fact]
    public void Nothing_is_written_if_something_is_missing()
    {
        File.Delete(_bench.Of("Test-PacsEcho"));
        _bench.Run();
        Assert.False(Directory.Exists(_bench.Out));
    }

    private static IEnumerable<string> Names(string folder) => Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal);

    private static string Text(string folder, string name) => File.ReadAllText(Path.Combine(folder, name)).ReplaceLineEndings("\n");
}
