using System.Diagnostics;
using System.Globalization;
using PacsTools.Benchmarks.Children;
using PacsTools.Services;
using PacsTools.Services.Nodes;
using PacsTools.Services.Query;

namespace PacsTools.Benchmarks.Roles;

/// <summary>The product's queries. Job: port, AE title, what (engine, studies, or nothing), study, series; without a study every study is asked for.</summary>
internal sealed class FindRole : IRole
{
    public async Task<Answer> DoAsync(string[] words)
    {
        var node = new PacsNode { HostName = "127.0.0.1", Port = int.Parse(words[0], CultureInfo.InvariantCulture), CalledAETitle = words[1] };
        if (words[2] == "nothing")
            return new Answer();
        long start = Stopwatch.GetTimestamp();
        int count = words[2] == "engine" ? await AskAsync(node, words[3], words[4]) : await AskStudiesAsync(node);
        return new Answer(("seconds", Stopwatch.GetElapsedTime(start).TotalSeconds), ("count", count));
    }

    private static async Task<int> AskAsync(PacsNode node, string study, string series)
    {
        int count = 0;
        var request = new FindRequest { Identifiers = [QueryIdentifiers.Dataset(study, series)] };
        await foreach (FindMatch match in new FindScu(DirectAssociations.Default).FindAsync(node, request))
        {
            _ = match;
            count++;
        }
        return count;
    }

    // What Find-DicomStudy does, but for the pipeline; on pooled associations, as there.
    private static async Task<int> AskStudiesAsync(PacsNode node)
    {
        int count = 0;
        await foreach (DicomStudy study in new QueryFinder().FindAsync(node, new StudyQuery(), NoJobLog.Instance))
        {
            _ = study;
            count++;
        }
        return count;
    }
}
