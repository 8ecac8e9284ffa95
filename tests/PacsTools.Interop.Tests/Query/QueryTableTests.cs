using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Interop.Tests.Services;
using PacsTools.Services.Nodes;
using PacsTools.Services.Query;
using PacsTools.Services.Resilience;
using PacsTools.TestKit;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Peers;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Query;

/// <summary>The same questions at every level to every archive, through us and through DCMTK's findscu: the same entities must come back.</summary>
public sealed class QueryTableTests(QueryArchives archives) : IClassFixture<QueryArchives>
{
    public static TheoryData<string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string archive in new[] { "orthanc", "dcmqrscp", "simulator" })
            {
                foreach (string row in QueryTable.Rows)
                    data.Add(archive, row);
            }
            return data;
        }
    }

    [Fact]
    public void The_table_is_as_long_as_promised() => Assert.True(QueryTable.Rows.Distinct().Count() >= 80, $"only {QueryTable.Rows.Distinct().Count()} rows");

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_same_entities_as_findscu(string archive, string row)
    {
        string[] words = row.Split(' ');
        IReadOnlyList<(string Keyword, string Value)> keys = QueryArchives.Keys(words[1]);
        Requirement.Dcmtk();
        PacsNode node = await archives.GetAsync(archive);
        List<string> theirs = await FindscuAsync(node, words[0], keys);
        List<string> ours = await AskAsync(node, words[0], keys);
        Assert.Equal(ours.Distinct().Count(), ours.Count);
        bool same = theirs.Distinct().Order().SequenceEqual(ours.Order());
        string both = $"findscu: {string.Join(' ', theirs.Order())}\nours: {string.Join(' ', ours.Order())}";
        Assert.True(same != QueryTable.Exceptions.ContainsKey((archive, row)), both);
        // A row that finds nothing by mistake would compare nothing.
        Assert.True((theirs.Count == 0) == (words[^1] == "nothing") || QueryTable.NotMatched.Contains((archive, row)), both);
    }

    private static async Task<List<string>> AskAsync(PacsNode node, string level, IReadOnlyList<(string Keyword, string Value)> keys)
    {
        var filter = keys.Select(key => new KeyValuePair<string, object?>(key.Keyword, key.Value)).ToList();
        var finder = new QueryFinder();
        var log = new RecordingLog();
        return level switch
        {
            "PATIENT" => [.. (await finder.FindAsync(node, new PatientQuery { Filter = filter, Retry = RetryPolicy.None }, log).ToListAsync()).Select(p => p.PatientID!)],
            "STUDY" => [.. (await finder.FindAsync(node, new StudyQuery { Filter = filter, Retry = RetryPolicy.None }, log).ToListAsync()).Select(s => s.StudyInstanceUID!)],
            "SERIES" => [.. (await finder.FindAsync(node, new SeriesQuery { Filter = filter, Retry = RetryPolicy.None }, log).ToListAsync()).Select(s => s.SeriesInstanceUID!)],
            _ => [.. (await finder.FindAsync(node, new InstanceQuery { Filter = filter, Retry = RetryPolicy.None }, log).ToListAsync()).Select(i => i.SOPInstanceUID!)],
        };
    }

    private static async Task<List<string>> FindscuAsync(PacsNode node, string level, IReadOnlyList<(string Keyword, string Value)> keys)
    {
        (string model, string unique) = level switch
        {
            "PATIENT" => ("-P", "PatientID"),
            "STUDY" => ("-S", "StudyInstanceUID"),
            "SERIES" => ("-S", "SeriesInstanceUID"),
            _ => ("-S", "SOPInstanceUID"),
        };
        using var folder = new TemporaryFolder("findscu");
        string[] options =
        [
            model, "-X", "-od", folder.Path, "-k", $"QueryRetrieveLevel={level}", "-k", unique,
            .. keys.SelectMany(key => new[] { "-k", $"{key.Keyword}={key.Value}" }),
        ];
        (await Dcmtk.FindscuAsync(node.Port, node.CalledAETitle, options)).EnsureSuccess();
        return
        [
            .. Directory.GetFiles(folder.Path).Select(path =>
                DatasetReader.Read(TestInstance.DataSetOf(path), TransferSyntax.ExplicitVRLittleEndian).GetString(DicomTag.Parse(unique))!),
        ];
    }
}
