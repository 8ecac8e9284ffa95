using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Simulation;
using PacsTools.Services.Simulation.TestData;
using PacsTools.Services.Storage;

namespace PacsTools.Services.Tests.Retrieve;

/// <summary>The same faults on the road of DICOMweb: what becomes of a retrieve of ten instances from the simulator.</summary>
public sealed class WebFaultTableTests : RetrieveTestBase
{
    /// <summary>Fault, retries (-1 for the usual ones), what is here (-1 for some: a reset takes what lies in buffers with it), and the error if it is not all.</summary>
    public static TheoryData<string, int, int, string> Table => new()
    {
        { "", 0, 10, "" },
        { "DropEvery", 0, 8, "Retrieve.Incomplete" },
        { "DropEvery", -1, 10, "" },
        { "FailEvery", 0, 8, "Retrieve.Incomplete" },
        { "FailEvery", -1, 10, "" },
        { "AbortAfter", 0, -1, "ConnectionLost" },
        { "AbortAfter", -1, 10, "" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public async Task The_report_tells_the_truth(string fault, int retries, int here, string error)
    {
        using var simulator = Start(fault switch
        {
            "DropEvery" => new SimulatorFaults { DropEvery = 4 },
            "FailEvery" => new SimulatorFaults { FailEvery = 4 },
            "AbortAfter" => new SimulatorFaults { AbortAfter = 4, Only = [FaultyOperation.Wado] },
            _ => SimulatorFaults.None,
        }, out var study);
        var report = await Pass(Start(new RetrieveRequest
        {
            Node = simulator.Node,
            StudyInstanceUID = study,
            Destination = Folder["out"],
            Method = RetrieveMethod.DicomWeb,
            Retry = new RetryPolicy(retries < 0 ? null : retries, Time, () => 0.5),
        }).DrainAsync());
        if (here < 0)
            Assert.InRange(here = report.Stored ?? 0, 0, 9);
        Assert.Equal(
            (error, here, here, 10),
            (report.Error switch
            {
                null => "",
                RetrieveException e => e.Id,
                Dicom.Errors.DicomNetworkException e => e.Failure.ToString(),
                var e => e.ToString(),
            }, report.Stored, Files().Count, report.Expected));
        Assert.Equal(10 - here, report.Instances.Count(i => i.Outcome is InstanceOutcome.Failed or InstanceOutcome.Missing));
        Assert.DoesNotContain(Files(), f => f.EndsWith(".part", StringComparison.Ordinal));
    }

    private PacsSimulator Start(SimulatorFaults faults, out string study)
    {
        var options = new SyntheticStudyOptions { Series = 2, Instances = 5, Rows = 16, Columns = 16, PatientID = "SIM-1" };
        study = SyntheticStudy.Create(options).First().GetString(Dicom.Data.DicomTags.StudyInstanceUID, "");
        foreach (var _ in SyntheticStudy.Save(options, Folder.Create("archive")))
        {
        }

        return PacsSimulator.Start(new PacsSimulatorOptions { Path = Folder["archive"], Faults = faults, DicomWeb = true });
    }
}
