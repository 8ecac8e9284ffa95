using PacsTools.Dicom.Errors;
using PacsTools.Services.Nodes;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Simulation;
using PacsTools.Services.Storage;

namespace PacsTools.Services.Tests.Retrieve;

/// <summary>C-GET, and the ladder that leads to it.</summary>
public sealed class CGetRetrieveTests : RetrieveTestBase
{
    [Theory]
    [InlineData(QueryModel.Study, false)]
    [InlineData(QueryModel.Patient, false)]
    [InlineData(QueryModel.Study, true)]
    public async Task A_study_comes_back_on_the_association_that_asked(QueryModel model, bool noVerify)
    {
        using var archive = new SimulatedArchive(null);
        var request = Request(archive, RetrieveMethod.CGet) with { NoVerify = noVerify };
        var run = Start(request with { Node = request.Node with { QueryModel = model } });
        var (files, error) = await Collect(run).WaitAsync(Bound);
        Assert.Null(error);
        Assert.Equal(SimulatedArchive.Count, files.Count);
        Assert.All(files, f => Assert.Equal((InstanceOutcome.Stored, "CGet", archive.StudyInstanceUID), (f.Outcome, f.Method, f.StudyInstanceUID)));
        AssertSame(archive);
        var report = await run.Report;
        Assert.Equal((true, "CGet", SimulatedArchive.Count), (report.Complete, report.Method, report.Expected));
    }

    [Fact]
    public async Task The_source_of_a_file_is_the_archive()
    {
        using var archive = new SimulatedArchive(null);
        var report = await Report(Request(archive, RetrieveMethod.CGet));
        var meta = Dicom.Files.DicomFile.Open(report.Instances[0].Path!).FileMeta;
        Assert.Equal((archive.Node.CalledAETitle, "TEST_CALLER"), (meta.SourceApplicationEntityTitle, meta.ReceivingApplicationEntityTitle));
    }

    [Fact]
    public async Task Patient_Root_C_MOVE_looks_the_patient_up()
    {
        using var archive = new SimulatedArchive(Scp);
        var request = Request(archive, RetrieveMethod.CMove);
        var report = await Report(request with { Node = request.Node with { QueryModel = QueryModel.Patient } });
        Assert.True(report.Complete, report.Error?.Message);
        AssertSame(archive);
    }

    [Fact]
    public async Task A_patient_nobody_knows_is_told_before_anything_is_asked()
    {
        using var archive = new SimulatedArchive(Scp);
        var request = Request(archive, RetrieveMethod.CMove) with { StudyInstanceUID = "1.2.3" };
        var report = await Report(request with { Node = request.Node with { QueryModel = QueryModel.Patient } });
        Assert.Equal("Retrieve.PatientUnknown", Assert.IsType<RetrieveException>(report.Error).Id);
        Assert.Empty(report.Attempts);
    }

    [Theory]
    [InlineData(true, "CGet")]
    [InlineData(false, "CMove")]
    public async Task What_was_discovered_decides_which_road_is_first_and_no_more(bool sameCaller, string first)
    {
        using var archive = new SimulatedArchive(Scp);
        var known = new Services.Nodes.NodeCapabilities
        {
            CallingAETitle = sameCaller ? "TEST_CALLER" : "ANOTHER",
            SopClasses =
            [
                Services.Nodes.CapabilityClasses.Describe(Dicom.Data.DicomUids.StudyRootMove) with { Reason = "abstract syntax not supported" },
                Services.Nodes.CapabilityClasses.Describe(Dicom.Data.DicomUids.StudyRootGet) with { Accepted = true },
                Services.Nodes.CapabilityClasses.Describe(Dicom.Data.DicomUids.CTImageStorage) with { Accepted = true, ScpRole = true },
            ],
        };
        var request = Request(archive, RetrieveMethod.Auto);
        var report = await Report(request with { Node = request.Node with { Capabilities = known } });
        Assert.Equal((true, first), (report.Complete, report.Attempts[0].Method));
        Assert.Equal(sameCaller, report.Attempts[0].Note?.Contains("accepted no C-MOVE (abstract syntax not supported)", StringComparison.Ordinal) ?? false);
    }

    [Fact]
    public async Task A_discovery_that_is_out_of_date_costs_nothing()
    {
        using var archive = new SimulatedArchive(Scp, new Services.Simulation.SimulatorFaults { RefuseContext = new HashSet<string> { Dicom.Data.DicomUids.StudyRootGet } });
        var known = new Services.Nodes.NodeCapabilities
        {
            CallingAETitle = "TEST_CALLER",
            SopClasses =
            [
                Services.Nodes.CapabilityClasses.Describe(Dicom.Data.DicomUids.StudyRootMove) with { Reason = "abstract syntax not supported" },
                Services.Nodes.CapabilityClasses.Describe(Dicom.Data.DicomUids.StudyRootGet) with { Accepted = true },
                Services.Nodes.CapabilityClasses.Describe(Dicom.Data.DicomUids.CTImageStorage) with { Accepted = true, ScpRole = true },
            ],
        };
        var request = Request(archive, RetrieveMethod.Auto);
        var report = await Report(request with { Node = request.Node with { Capabilities = known } });
        Assert.Equal(["CGet", "CMove"], report.Attempts.Select(a => a.Method));
        Assert.Equal((true, "CMove", SimulatedArchive.Count), (report.Complete, report.Method, report.Stored));
    }

    [Fact]
    public async Task Auto_goes_on_to_C_GET_and_keeps_the_reason()
    {
        using var archive = new SimulatedArchive(null);
        var report = await Report(Request(archive, RetrieveMethod.Auto));
        Assert.Equal((true, "CGet", SimulatedArchive.Count), (report.Complete, report.Method, report.Stored));
        Assert.Equal([("CMove", false, (ushort?)0xA801), ("CGet", true, 0)], report.Attempts.Select(a => (a.Method, a.Success, a.Status)));
        Assert.Contains("A801", report.Attempts[0].Reason);
        AssertSame(archive);
    }

    [Fact]
    public async Task A_taken_port_is_a_reason_to_go_on_for_Auto_alone()
    {
        using var archive = new SimulatedArchive(null);
        using var other = new System.Net.Sockets.TcpListener(System.Net.IPAddress.IPv6Any, 0);
        other.Server.DualMode = true;
        other.Start();
        var choice = new StorageScpChoice(AETitle: "OTHER", Port: ((System.Net.IPEndPoint)other.LocalEndpoint).Port);
        var auto = await Report(Request(archive, RetrieveMethod.Auto) with { Scp = choice });
        Assert.Equal((true, "CGet"), (auto.Complete, auto.Method));
        Assert.Contains(choice.Port!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture), auto.Attempts[0].Reason);
        Assert.Equal(["CMove", "CGet"], auto.Attempts.Select(a => a.Method));
        var explicitly = await Report(Request(archive, RetrieveMethod.CMove) with { Scp = choice, Destination = Folder["other"] });
        Assert.Equal("StorageScp.PortInUse", Assert.IsType<StorageScpException>(explicitly.Error).Id);
        Assert.Single(explicitly.Attempts);
    }

    [Fact]
    public async Task An_archive_without_C_GET_leaves_the_reason_of_the_C_MOVE()
    {
        var instances = Instances(1);
        using var archive = new FakeArchive(move => move.Final(0xA801));
        var report = await Report(Request(archive, instances) with { Method = RetrieveMethod.Auto });
        Assert.Equal("Dimse.A801", Assert.IsType<RetrieveException>(report.Error).Id);
        Assert.Equal(["CMove", "CGet"], report.Attempts.Select(a => a.Method));
        Assert.Equal("CMove", report.Method);
    }

    [Fact]
    public async Task An_archive_that_cannot_be_reached_is_not_tried_by_another_road()
    {
        var archive = new SimulatedArchive(null);
        var request = Request(archive, RetrieveMethod.Auto);
        archive.Dispose();
        var report = await Report(request);
        Assert.IsType<DicomNetworkException>(report.Error);
        Assert.Single(report.Attempts);
    }

    [Fact]
    public async Task Levels_ask_for_no_more_than_they_name()
    {
        using var archive = new SimulatedArchive(null);
        var all = (await Report(Request(archive, RetrieveMethod.CGet))).Instances;
        var series = all[0].SeriesInstanceUID!;
        var one = await Report(Request(archive, RetrieveMethod.CGet) with { Level = RetrieveLevel.Series, SeriesInstanceUIDs = [series], Destination = Folder["series"] });
        Assert.Equal((true, SimulatedArchive.PerSeries, SimulatedArchive.PerSeries), (one.Complete, one.Expected, one.Stored));
        var two = all.Where(i => i.SeriesInstanceUID == series).Take(2).Select(i => i.SOPInstanceUID).ToArray();
        var image = await Report(Request(archive, RetrieveMethod.CGet) with { Level = RetrieveLevel.Image, SeriesInstanceUIDs = [series], SOPInstanceUIDs = [.. two, "1.2.3.4"], Destination = Folder["image"] });
        Assert.Equal((false, 3, 2, 1), (image.Complete, image.Expected, image.Stored, image.Missing));
        Assert.Equal("1.2.3.4", image.Instances.Single(i => i.Outcome == InstanceOutcome.Missing).SOPInstanceUID);
    }

    [Fact]
    public async Task Cancelling_ends_the_C_GET_soon_and_leaves_no_part()
    {
        using var archive = new SimulatedArchive(null, new SimulatorFaults { StallAfter = 3 });
        using var cancel = new CancellationTokenSource();
        var run = Coordinator.Start(Request(archive, RetrieveMethod.CGet) with { NoVerify = true }, Log, cancel.Token);
        await using var files = run.Instances.GetAsyncEnumerator();
        Assert.True(await files.MoveNextAsync());
        await cancel.CancelAsync();
        var ended = run.Report.ContinueWith(t => t.IsCanceled, TaskScheduler.Default);
        Assert.True(await Pass(ended));
        Assert.DoesNotContain(Files(), f => f.EndsWith(".part", StringComparison.Ordinal));
    }

    private RetrieveRequest Request(SimulatedArchive archive, RetrieveMethod method) => new()
    {
        Node = archive.Node,
        StudyInstanceUID = archive.StudyInstanceUID,
        Destination = Folder["out"],
        Method = method,
        Scp = new StorageScpChoice(Scp),
        Retry = new Services.Resilience.RetryPolicy(0, Time),
    };

    private void AssertSame(SimulatedArchive archive)
    {
        Assert.Equal(archive.SOPInstanceUIDs.Order(), Files().Select(f => Path.GetFileNameWithoutExtension(f)).Order());
        Assert.All(archive.Paths, p => Assert.Equal(
            DataSet(p),
            DataSet(Files().Single(f => Path.GetFileName(f) == Path.GetFileName(p)))));
    }

    private static byte[] DataSet(string path) => TestKit.Data.TestInstance.DataSetOf(path);
}
