
namespace PacsTools.Services.Query;

/// <summary>Watches what an archive does with a question: keys it does not know, filters it ignored, answers that contradict, answers given twice.</summary>
/// <remarks>One a query; not for several threads at once. Texts name keys, never values.</remarks>
internal sealed class QueryQuality(QueryPlan plan, string archive, IJobLog log)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ignored = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _contradicted = new(StringComparer.Ordinal);
    private string[] _lastUnsupported = [];
    private bool _warnedOfAll;

    public int Contradicting { get; private set; }

    public int Duplicates { get; private set; }

    public int Illegal { get; private set; }

    /// <summary>False if the response must not be handed on: it contradicts the query or repeats an earlier one.</summary>
    /// <param name="match">The response.</param>
    /// <param name="unsupportedKeys">What the archive did not support, by name.</param>
    public bool Accept(FindMatch match, out string[] unsupportedKeys)
    {
        unsupportedKeys = Unsupported(match);
        NoteProblems(match);
        if (Contradicts(match))
        {
            Contradicting++;
            return false;
        }

        if (plan.Target.Identity(match.Dataset) is { } identity && !_seen.Add(identity))
        {
            Duplicates++;
            return false;
        }

        return true;
    }

    /// <summary>
    /// Warns once, as soon as the archive has begun to answer, of a query of everything it holds: below the study that is more likely a variable that was empty than meant, and
    /// takes hours. A list of all studies is what everybody begins with, and no query is more than a list of those.
    /// </summary>
    public void WarnOfWholeArchive(int? maxResults)
    {
        if (_warnedOfAll || !plan.MatchesWholeArchive || maxResults is not null)
        {
            return;
        }

        _warnedOfAll = true;
        log.Warning("Query.WholeArchive", $"{archive}: no key was given, not even {plan.Extensions.MissingKey}, so every one of the archive's {plan.Target.Plural} is on its way; Ctrl+C or -MaxResults ends that.");
    }

    /// <summary>Warns, once a key, of matching keys the archive ignored.</summary>
    public void WarnOfIgnoredKeys(FindMatch match)
    {
        List<string>? ignored = null;
        foreach (var key in plan.Parts[match.Identifier].Keys)
        {
            if (!_ignored.Contains(key.Path.Name) && key.Judge(match.Dataset) is KeyVerdict.Absent or KeyVerdict.Empty)
            {
                _ignored.Add(key.Path.Name);
                (ignored ??= []).Add(key.Path.Name);
            }
        }

        if (ignored is not null)
        {
            log.Warning("Query.IgnoredKey", $"{archive}: the archive ignored {string.Join(", ", ignored)}; results are not filtered by {(ignored.Count == 1 ? "it" : "them")}.");
        }
    }

    /// <summary>Says at the end what was counted.</summary>
    public void Finish()
    {
        if (Contradicting > 0)
        {
            log.Warning("Query.ContradictingResponses", $"{archive}: {Counted(Contradicting)} contradicted {string.Join(", ", _contradicted)} and {(Contradicting == 1 ? "was" : "were")} dropped.");
        }

        if (Illegal > 0)
        {
            log.Warning("Query.IllegalDataSet", $"{archive}: {Counted(Illegal)} held data sets that break PS3.5; what could be read was kept.");
        }

        if (Duplicates > 0)
        {
            log.Verbose($"{archive}: {Counted(Duplicates)} repeated {plan.Target.Singular} and {(Duplicates == 1 ? "was" : "were")} left out.");
        }
    }

    private static string Counted(int count) => count == 1 ? "1 response" : $"{count} responses";

    private bool Contradicts(FindMatch match)
    {
        var contradicts = false;
        foreach (var key in plan.Parts[match.Identifier].Keys)
        {
            if (key.Judge(match.Dataset) == KeyVerdict.Contradicted)
            {
                contradicts = true;
                _contradicted.Add(key.Path.Name);
            }
        }

        return contradicts;
    }

    private string[] Unsupported(FindMatch match)
    {
        List<string>? names = null;
        foreach (var path in plan.Parts[match.Identifier].Asked)
        {
            var element = path.Find(match.Dataset).FirstOrDefault();

            // FF01 tells that optional keys are unsupported but not which: those that came back without a value are the candidates.
            var behindWarning = match.HasUnsupportedKeys && element is { IsEmpty: true } && !plan.Target.RequiredKeys.Contains(path.Leaf);
            if (element is null || behindWarning)
            {
                (names ??= []).Add(path.Name);
            }
        }

        // Responses of one archive are alike: thousands of them share one array.
        var unsupported = names?.ToArray() ?? [];
        return _lastUnsupported.AsSpan().SequenceEqual(unsupported) ? _lastUnsupported : _lastUnsupported = unsupported;
    }

    private void NoteProblems(FindMatch match)
    {
        if (match.Problems.Count > 0)
        {
            Illegal++;
            log.Verbose($"{archive}: illegal data set in a response: {string.Join("; ", match.Problems.Take(5))}");
        }
    }
}
