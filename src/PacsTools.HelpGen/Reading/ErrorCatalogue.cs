using System.Text.RegularExpressions;
using PacsTools.Dicom.Dimse;

namespace PacsTools.HelpGen.Reading;

/// <summary>Every error id with its cause and its cure: those written in Help/Errors.md, and those of status codes, which come from the table of the engine.</summary>
internal sealed partial record ErrorCatalogue(IReadOnlyList<string> Introduction, IReadOnlyList<ErrorGroup> Groups)
{
    // What the cmdlets ask of a peer. The services beside them give codes that never come here.
    private static readonly (DimseService Service, string Name)[] s_services =
    [
        (DimseService.Any, "any service"), (DimseService.Echo, "C-ECHO"), (DimseService.Store, "C-STORE"), (DimseService.Find, "C-FIND"),
        (DimseService.ModalityWorklist, "C-FIND of a worklist"), (DimseService.Move, "C-MOVE"), (DimseService.Get, "C-GET"), (DimseService.NAction, "N-ACTION"),
    ];

    public static ErrorCatalogue Read(string path, Problems problems)
    {
        if (!File.Exists(path))
        {
            problems.Add(path, "There is no such file: it has the cause and the cure of every error.");
            return new ErrorCatalogue([], []);
        }

        var text = File.ReadAllText(path).ReplaceLineEndings("\n");
        var groups = HelpFile.Sections(text, "## ").Select(s => Group(s.Title, s.Body, path, problems)).ToList();
        var introduction = text[..text.IndexOf("\n## ", StringComparison.Ordinal)];
        return new ErrorCatalogue(HelpFile.Paragraphs(introduction[(introduction.IndexOf('\n', StringComparison.Ordinal) + 1)..]), groups);
    }

    private static ErrorGroup Group(string title, string body, string path, Problems problems)
    {
        var first = body.IndexOf("### ", StringComparison.Ordinal);
        var introduction = HelpFile.Paragraphs(first < 0 ? body : body[..first]);
        List<ErrorEntry> entries = [.. HelpFile.Sections(body, "### ").Select(s => Entry(s.Title, s.Body, path, problems)).OfType<ErrorEntry>()];
        if (introduction is ["{Dimse}", ..])
            return new ErrorGroup(title, [.. introduction.Skip(1)], [.. s_services.SelectMany(s => Statuses("Dimse", s.Service, s.Name)).GroupBy(e => e.Id).OrderBy(g => g.Key, StringComparer.Ordinal).SelectMany(g => g)]);
        if (introduction is ["{Commitment}", ..])
            return new ErrorGroup(title, [.. introduction.Skip(1)], [.. entries, .. Statuses("Commitment", DimseService.StorageCommitment, null)]);
        return new ErrorGroup(title, introduction, entries);
    }

    private static IEnumerable<ErrorEntry> Statuses(string family, DimseService service, string? name) => DimseStatus.Table
        .Where(s => s.Service == service && s.Class is (DimseStatusClass.Failure or DimseStatusClass.Cancel))
        .Select(s => new ErrorEntry($"{family}.{s.HexRange}", name, s.Words, s.Advice.Length > 0 ? s.Advice : "See the Error Comment and the peer's log at this time."));

    private static ErrorEntry? Entry(string id, string body, string path, Problems problems)
    {
        var match = EntryPattern().Match(body.Trim());
        if (match.Success) return new ErrorEntry(id, null, OneLine(match.Groups[1].Value), OneLine(match.Groups[2].Value));
        problems.Add(path, $"{id} needs two paragraphs, 'Cause: …' and 'Cure: …'.");
        return null;
    }

    private static string OneLine(string text) => string.Join(' ', text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    [GeneratedRegex(@"(?s)\ACause: (.+?)\n+Cure: (.+)\z")]
    private static partial Regex EntryPattern();
}

/// <summary>Errors that belong together.</summary>
internal sealed record ErrorGroup(string Title, IReadOnlyList<string> Introduction, IReadOnlyList<ErrorEntry> Entries);

/// <summary>One error.</summary>
/// <param name="Id">The beginning of its FullyQualifiedErrorId; the codes of a range as <c>C000-CFFF</c>.</param>
/// <param name="Service">In answer to what; null where it has one meaning only.</param>
/// <param name="Cause">What happened.</param>
/// <param name="Cure">What to do.</param>
internal sealed record ErrorEntry(string Id, string? Service, string Cause, string Cure);
