using System.Net;
using Microsoft.Extensions.Time.Testing;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Diagnosis;
using PacsTools.Services.Nodes;
using PacsTools.Services.Simulation;
using PacsTools.Services.Simulation.TestData;
using PacsTools.Services.Storage;
using PacsTools.Services.Tests.Query;
using PacsTools.TestKit.Processes;

namespace PacsTools.Services.Tests.Diagnosis;

/// <summary>The ways in which a C-MOVE to us ends, told apart.</summary>
public sealed class MoveProbeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("move");
    private readonly StorageScpRegistry _scps = new();
    private readonly int _port = LoopbackPort.Take();
    private PacsSimulator? _simulator;

    public void Dispose()
    {
        _simulator?.Dispose();
        _scps.StopAll();
        _folder.Dispose();
    }

    private string Study { get; set; } = "";

    private StorageScpChoice Choice => new(AETitle: "PROBE_SCP", Port: _port);

    private PacsNode Archive(Func<string, MoveTarget?> resolve, SimulatorFaults? faults = null)
    {
        var options = new SyntheticStudyOptions { Series = 2, Instances = 3, Rows = 8, Columns = 8 };
        foreach (var dataset in SyntheticStudy.Create(options))
            Study = dataset.GetString(DicomTags.StudyInstanceUID, "");
        _ = SyntheticStudy.Save(options, _folder.Path).Count();
        _simulator = PacsSimulator.Start(new PacsSimulatorOptions { Path = _folder.Path, Faults = faults ?? SimulatorFaults.None, ResolveDestination = resolve });
        return _simulator.Node;
    }

    private MoveTarget? Here(string title) => title == "PROBE_SCP" ? new MoveTarget("127.0.0.1", _port) : null;

    private Task<IReadOnlyList<DiagnosisRung>> ProbeAsync(PacsNode node, string? study = null, StorageScpChoice? choice = null, TimeProvider? time = null) =>
        new MoveProbe(_scps, time).RunAsync(node, new MoveProbeRequest(study ?? Study, choice ?? Choice), NoJobLog.Instance, CancellationToken.None);

    private static void AssertEndsAt(IReadOnlyList<DiagnosisRung> rungs, DiagnosisStage stage, string id, string advice)
    {
        DiagnosisStage[] order = [DiagnosisStage.Find, DiagnosisStage.Listen, DiagnosisStage.Accepted, DiagnosisStage.Connected, DiagnosisStage.Stored];
        Assert.Equal(order[..(Array.IndexOf(order, stage) + 1)], rungs.Select(r => r.Stage));
        Assert.All(rungs.SkipLast(1), r => Assert.True(r.Success, r.Detail));
        Assert.False(rungs[^1].Success);
        Assert.Equal(id, rungs[^1].Error is DiagnosisException e ? e.Id : rungs[^1].Error!.GetType().Name);
        Assert.Contains(advice, rungs[^1].Advice);
    }

    [Fact]
    public async Task One_instance_arrives_is_thrown_away_and_the_receiver_stopped()
    {
        var node = Archive(Here);

        var rungs = await ProbeAsync(node);

        Assert.Equal([DiagnosisStage.Find, DiagnosisStage.Listen, DiagnosisStage.Accepted, DiagnosisStage.Connected, DiagnosisStage.Stored], rungs.Select(r => r.Stage));
        Assert.All(rungs, r => Assert.True(r.Success, r.Detail));
        Assert.Empty(_scps.All);
    }

    [Fact]
    public async Task A_receiver_that_ran_before_runs_on()
    {
        var node = Archive(Here);
        var scp = _scps.Start(new StorageScpOptions { AETitle = "PROBE_SCP", Port = _port, BindAddress = IPAddress.Loopback });

        var rungs = await ProbeAsync(node, choice: new StorageScpChoice(scp));

        Assert.True(rungs[^1].Success, rungs[^1].Detail);
        Assert.Equal(1, scp.Received);
        Assert.Equal(StorageScpState.Running, scp.State);
    }

    [Fact]
    public async Task An_unknown_title_is_told_of() =>
        AssertEndsAt(await ProbeAsync(Archive(_ => null)), DiagnosisStage.Accepted, "Diagnosis.UnknownMoveDestination", "does not know the AE title PROBE_SCP: enter PROBE_SCP there");

    [Fact]
    public async Task The_right_title_with_another_port_is_told_of()
    {
        var closed = LoopbackPort.Closed();
        AssertEndsAt(await ProbeAsync(Archive(_ => new MoveTarget("127.0.0.1", closed))), DiagnosisStage.Connected, "Diagnosis.NeverConnected", $"Port {_port} is not reachable from the archive, or it maps PROBE_SCP to another host or port");
    }

    [Fact]
    public async Task A_delivery_elsewhere_is_told_of()
    {
        var elsewhere = _scps.Start(new StorageScpOptions { AETitle = "PROBE_SCP", Port = 0, BindAddress = IPAddress.Loopback, Accept = StorageScpAccept.Any, Path = _folder["elsewhere"] });
        var node = Archive(_ => new MoveTarget("127.0.0.1", elsewhere.Port));
        var time = new FakeTimeProvider();
        var probing = Task.Run(() => ProbeAsync(node, time: time));
        await TestKit.Eventually.TrueAsync(() => elsewhere.Received == 1, "the delivery elsewhere");
        await FindScript.AdvanceUntilAsync(time, TimeSpan.FromSeconds(1), probing);

        AssertEndsAt(await probing, DiagnosisStage.Connected, "Diagnosis.DeliveredElsewhere", "maps PROBE_SCP to another host or port and delivers there");
    }

    [Fact]
    public async Task A_caller_that_we_do_not_admit_is_told_of()
    {
        var node = Archive(Here);
        var scp = _scps.Start(new StorageScpOptions { AETitle = "PROBE_SCP", Port = _port, BindAddress = IPAddress.Loopback, AllowedCallingAETitle = ["SOMEBODY_ELSE"] });

        AssertEndsAt(await ProbeAsync(node, choice: new StorageScpChoice(scp)), DiagnosisStage.Stored, "Diagnosis.RefusedByUs", "does not admit SIM_PACS from 127.0.0.1");
    }

    [Fact]
    public async Task Another_title_than_ours_is_told_of()
    {
        var node = Archive(Here);
        // The archive sends to the title it was told, on a port where somebody of another title listens.
        var other = _scps.Start(new StorageScpOptions { AETitle = "RENAMED", Port = _port, BindAddress = IPAddress.Loopback });
        var choice = new StorageScpChoice(AETitle: "PROBE_SCP", Port: _port);

        var rungs = await ProbeAsync(node, choice: choice);

        Assert.Equal(DiagnosisStage.Listen, rungs[^1].Stage);
        Assert.False(rungs[^1].Success);
        Assert.IsType<StorageScpException>(rungs[^1].Error);
        Assert.Equal(0, other.TotalAssociations);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_of()
    {
        using var squatter = new System.Net.Sockets.TcpListener(IPAddress.Any, _port);
        squatter.Start();

        AssertEndsAt(await ProbeAsync(Archive(Here)), DiagnosisStage.Listen, nameof(StorageScpException), "");
    }

    [Fact]
    public async Task No_C_MOVE_is_told_of() => AssertEndsAt(
        await ProbeAsync(Archive(Here, new SimulatorFaults { RefuseContext = new HashSet<string> { DicomUids.StudyRootMove } })),
        DiagnosisStage.Accepted, nameof(NoAcceptedContextException), "does not offer C-MOVE in the Study Root model");

    [Fact]
    public async Task A_study_that_is_not_there_is_told_of()
    {
        var rungs = await ProbeAsync(Archive(Here), "1.2.3.4.5");

        AssertEndsAt(rungs, DiagnosisStage.Find, "Diagnosis.StudyUnknown", "Find-DicomStudy");
        Assert.Empty(_scps.All);
    }

    [Fact]
    public async Task On_the_ladder_it_is_one_rung()
    {
        var node = Archive(Here);

        var rungs = new List<DiagnosisRung>();
        await foreach (var rung in new NodeDiagnosis(_scps).ClimbAsync(node, DiagnosisStage.Move, new MoveProbeRequest(Study, Choice), NoJobLog.Instance))
            rungs.Add(rung);

        Assert.Equal([DiagnosisStage.Resolve, DiagnosisStage.Connect, DiagnosisStage.Associate, DiagnosisStage.Echo, DiagnosisStage.Find, DiagnosisStage.Move], rungs.Select(r => r.Stage));
        Assert.All(rungs, r => Assert.True(r.Success, r.Detail));
    }

    [Fact]
    public async Task Without_a_study_only_the_destination_is_tried()
    {
        var known = await new MoveProbe(_scps).SummarizeAsync(Archive(Here), new MoveProbeRequest(null, Choice), NoJobLog.Instance, CancellationToken.None);
        Assert.True(known.Success, known.Detail);
        Assert.Contains("-StudyInstanceUID", known.Advice);
        _simulator!.Dispose();
        var unknown = await new MoveProbe(_scps).SummarizeAsync(Archive(_ => null), new MoveProbeRequest(null, Choice), NoJobLog.Instance, CancellationToken.None);
        Assert.Equal("Diagnosis.UnknownMoveDestination", Assert.IsType<DiagnosisException>(unknown.Error).Id);
    }
}
