using System.Text.RegularExpressions;
using PacsTools.Dicom.Dimse;

namespace PacsTools.Module.Tests.Help;

/// <summary>about_PacsTools_Errors has every error id the module can give, and no other, each with cause and cure.</summary>
public partial class ErrorTopicTests
{
    private static readonly string Topic = File.ReadAllText(Path.Combine(Repository.Staged, "en-US", "about_PacsTools_Errors.help.txt"));

    private static readonly IReadOnlyList<string> Documented = [.. IdPattern().Matches(Topic).Select(m => m.Groups[1].Value)];

    [Fact]
    public void Every_id_of_the_sources_is_in_the_topic() => Assert.Empty(ErrorIds.All.Except(Documented));

    [Fact]
    public void Every_id_of_the_topic_is_in_the_sources() => Assert.Empty(Documented.Where(id => !IsStatus(id)).Except(ErrorIds.All));

    [Fact]
    public void Every_id_stands_there_once() => Assert.Empty(Documented.GroupBy(id => id).Where(g => g.Count() > 1).Select(g => g.Key));

    [Fact]
    public void Every_id_has_a_cause_and_a_cure()
    {
        var entries = Regex.Split(Topic, @"(?m)^    (?=\S+$)").Skip(1).Where(e => IdPattern().IsMatch("    " + e)).ToList();
        Assert.Equal(Documented.Count, entries.Count);
        foreach (var entry in entries) Assert.Matches(@"\A\S+\n        (?!->)\S(.|\n)*\n        -> \S", entry);
    }

    [Theory]
    [InlineData(DimseService.Any, "Dimse")]
    [InlineData(DimseService.Echo, "Dimse")]
    [InlineData(DimseService.Store, "Dimse")]
    [InlineData(DimseService.Find, "Dimse")]
    [InlineData(DimseService.ModalityWorklist, "Dimse")]
    [InlineData(DimseService.Move, "Dimse")]
    [InlineData(DimseService.Get, "Dimse")]
    [InlineData(DimseService.NAction, "Dimse")]
    [InlineData(DimseService.StorageCommitment, "Commitment")]
    public void Every_failure_a_service_can_answer_with_is_there(DimseService service, string family)
    {
        var flat = Regex.Replace(Topic, @"\s+", " ");
        foreach (var status in DimseStatus.Table.Where(s => s.Service == service && s.Class is (DimseStatusClass.Failure or DimseStatusClass.Cancel)))
        {
            Assert.Contains($"{family}.{status.HexRange}", Documented);
            Assert.Contains(status.Words, flat);
            Assert.Contains(status.Advice, flat);
        }
    }

    [Fact]
    public void No_status_is_there_that_the_table_does_not_have()
    {
        var ranges = DimseStatus.Table.Select(s => s.HexRange).ToHashSet();
        Assert.DoesNotContain(Documented, id => IsStatus(id) && !ranges.Contains(id[(id.IndexOf('.', StringComparison.Ordinal) + 1)..]));
    }

    private static bool IsStatus(string id) => StatusPattern().IsMatch(id);

    // A heading stands alone in a line: a word, or two with a dot between.
    [GeneratedRegex(@"(?m)^    ([A-Z][A-Za-z]+(?:\.[A-Za-z0-9-]+)?)$")]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"^(Dimse|Commitment)\.[0-9A-F]{4}(-[0-9A-F]{4})?$")]
    private static partial Regex StatusPattern();
}
