using System.Text.RegularExpressions;
using PacsTools.Services.Resilience;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Storage;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Peers;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Services;

/// <summary>An archive that is killed half-way and comes back: -Resume fetches the rest, and the archive's own log shows that it sent nothing else.</summary>
public sealed partial class KilledArchiveTests
{
    private static readonly int s_count = Environment.GetEnvironmentVariable("PACSTOOLS_LONG") == "1" ? 1000 : 120;

    [Theory]
    [InlineData("orthanc", RetrieveMethod.CMove)]
    [InlineData("orthanc", RetrieveMethod.CGet)]
    [InlineData("dcmqrscp", RetrieveMethod.CMove)]
    [InlineData("dcmqrscp", RetrieveMethod.CGet)]
    public async Task Resume_fetches_only_what_had_not_come(string server, RetrieveMethod method)
    {
        TestStudyOptions study = new() { Series = 2, Instances = s_count / 2, Rows = 64, Columns = 64, PatientID = "KILLED" };
        TestInstance[] all = [.. TestStudy.Create(study)];
        using var receiver = new Receiver();
        using var files = new TemporaryFolder("killed");
        await using ExternalPeer archive = await StartAsync(server, study, files, receiver.Address);
        RetrieveRequest request = new()
        {
            Node = archive.ToNode(),
            StudyInstanceUID = TestStudy.StudyInstanceUID(study),
            Destination = receiver.Folder,
            Method = method,
            Scp = new StorageScpChoice(receiver.Scp),
            Retry = RetryPolicy.None,
            QueueLength = 1,
        };

        RetrieveRun run = receiver.Coordinator.Start(request, receiver.Log, CancellationToken.None);
        int seen = 0;
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await foreach (DicomInstanceFile file in run.Instances)
            {
                // The queue is short and nobody reads on: the archive cannot be done before it dies.
                if (file.Outcome == InstanceOutcome.Stored && ++seen == s_count / 2)
                    archive.Kill();
            }
        });
        DicomRetrieveReport broken = await run.Report;
        Assert.False(broken.Complete);
        int before = broken.Stored!.Value;
        Assert.InRange(before, s_count / 2, s_count - 1);
        Assert.Equal(before, ReceivedFiles.AssertOnlyWhole(receiver.Folder, all));

        await archive.RestartAsync();
        DicomRetrieveReport report = await receiver.Coordinator.Start(request with { Node = archive.ToNode(), Resume = true }, receiver.Log, CancellationToken.None).DrainAsync();
        Assert.True(report.Complete, report.Error?.Message);
        Assert.Equal((s_count, before, s_count - before), (report.Expected, report.Duplicate, report.Stored));
        ReceivedFiles.AssertExactly(receiver.Folder, all);

        // What the archive has written since it came back. Orthanc names what it sends; dcmqrscp counts it.
        HashSet<string> missing = [.. all.Select(i => i.SOPInstanceUID).Except(broken.Instances.Where(i => i.Path is not null).Select(i => i.SOPInstanceUID))];
        Assert.Equal(missing.Count, report.Attempts.Sum(a => a.Arrived));
        if (server == "orthanc")
        {
            await TestKit.Eventually.TrueAsync(() => StoreRequest().Count(string.Join('\n', archive.Output.Lines)) >= missing.Count, "the log is written");
            string[] sent = [.. StoreRequest().Matches(string.Join('\n', archive.Output.Lines)).Select(m => m.Groups[1].Value)];
            Assert.Equal(missing.Order(StringComparer.Ordinal), sent.Order(StringComparer.Ordinal));
        }
        else
        {
            await TestKit.Eventually.TrueAsync(() => StoresLogged() >= missing.Count, "the log is written");
            Assert.Equal(missing.Count, StoresLogged());
        }

        int StoresLogged() => archive.Output.Count(l => l.Contains("Store SCU RQ", StringComparison.Ordinal));
    }

    private static async Task<ExternalPeer> StartAsync(string server, TestStudyOptions study, TemporaryFolder files, MoveDestination destination)
    {
        if (server == "orthanc")
        {
            OrthancPeer orthanc = await OrthancPeer.StartAsync(new OrthancOptions { NoDelay = true, Verbose = true, MoveDestinations = [destination] });
            await orthanc.UploadAsync(TestStudy.Create(study).Select(i => i.ToFile()));
            return orthanc;
        }

        DcmqrscpPeer dcmqrscp = await DcmqrscpPeer.StartAsync(new DcmqrscpOptions { NoDelay = true, Verbose = true, MoveDestinations = [destination] });
        await dcmqrscp.IndexAsync(TestStudy.Save(study, files.Path));
        return dcmqrscp;
    }

    // DCMTK writes a message it sends or receives over several lines, of which these are of the same one.
    [GeneratedRegex(@"Message Type\s*:\s*C-STORE RQ\r?\n(?:(?!Message Type).*\r?\n){0,8}?.*Affected SOP Instance UID\s*:\s*([0-9.]+)")]
    private static partial Regex StoreRequest();
}
