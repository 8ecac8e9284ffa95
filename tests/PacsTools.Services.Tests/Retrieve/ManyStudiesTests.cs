using PacsTools.Dicom.Data;
using PacsTools.Dicom.Files;
using PacsTools.Services.Nodes;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Simulation;
using PacsTools.Services.Storage;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Services.Tests.Retrieve;

/// <summary>Two hundred studies, four at a time, through the pool: all of each, each where it belongs, and never more associations than allowed.</summary>
public sealed class ManyStudiesTests : RetrieveTestBase
{
    private const int AtATime = 4, PerStudy = 3;

    [Theory]
    [InlineData(RetrieveMethod.CMove, 200)]
    [InlineData(RetrieveMethod.CGet, 60)]
    public async Task Each_is_complete_and_none_holds_what_is_anothers(RetrieveMethod method, int count)
    {
        var studies = Enumerable.Range(1, count).Select(n => TestStudy.Tiny(PerStudy, n)).ToList();
        foreach (var study in studies)
            TestStudy.Save(study, Folder["archive"]);
        using var archive = PacsSimulator.Start(new PacsSimulatorOptions
        {
            Path = Folder["archive"],
            ResolveDestination = title => title == Scp.AETitle ? new MoveTarget("127.0.0.1", Scp.Port) : null,
        });
        using var relay = new CountingRelay(archive.Port);
        var pool = new AssociationPool(DirectAssociations.Default);
        var coordinator = new RetrieveCoordinator(pool, Scps);
        using var slots = new SemaphoreSlim(AtATime);

        async Task<DicomRetrieveReport> ReceiveAsync(TestStudyOptions study)
        {
            await slots.WaitAsync();
            try
            {
                return await coordinator.Start(
                    new RetrieveRequest
                    {
                        Node = archive.Node with { Port = relay.Port, CallingAETitle = "TEST_CALLER" },
                        StudyInstanceUID = TestStudy.StudyInstanceUID(study),
                        Destination = Folder["out"],
                        Method = method,
                        Scp = new StorageScpChoice(Scp),
                    },
                    Log,
                    CancellationToken.None).DrainAsync();
            }
            finally
            {
                slots.Release();
            }
        }

        var reports = await Task.WhenAll(studies.Select(ReceiveAsync)).WaitAsync(TimeSpan.FromMinutes(2));
        Assert.All(reports, r => Assert.Equal((true, PerStudy, PerStudy, 1), (r.Complete, r.Expected, r.Stored, r.Attempts.Count)));
        Assert.Equal(count, reports.Select(r => r.StudyInstanceUID).Distinct().Count());
        foreach (var instance in studies.SelectMany(TestStudy.Create))
        {
            var path = Folder["out", instance.StudyInstanceUID, instance.SeriesInstanceUID, instance.SOPInstanceUID + ".dcm"];
            Assert.Equal(instance.DataSet, TestInstance.DataSetOf(path));
            Assert.Equal(instance.StudyInstanceUID, DicomFile.Open(path).Dataset.GetString(DicomTags.StudyInstanceUID));
        }

        Assert.Equal(count * PerStudy, Directory.EnumerateFiles(Folder["out"], "*", SearchOption.AllDirectories).Count());
        Assert.InRange(relay.Peak, 1, AssociationPool.MaxPerNode);
        pool.Clear();
        await TestKit.Eventually.TrueAsync(() => relay.Open == 0, "every association ends");
    }
}
