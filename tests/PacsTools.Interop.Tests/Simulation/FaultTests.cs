using System.Diagnostics;
using System.Text;
using PacsTools.Dicom.Data;
using PacsTools.Services.Simulation;
using PacsTools.Services.Simulation.TestData;
using PacsTools.TestKit;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Peers;
using PacsTools.TestKit.Processes;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Interop.Tests.Simulation;

/// <summary>Every fault knob does on the wire what it says, seen by DCMTK's tools or by a peer that reads PDUs.</summary>
public sealed class FaultTests
{
    [Theory]
    [InlineData("CalledAENotRecognized", "Called AE Title Not Recognized")]
    [InlineData("CallingAENotRecognized", "Calling AE Title Not Recognized")]
    [InlineData("LocalLimitExceeded", "Local Limit Exceeded")]
    [InlineData("TemporaryCongestion", "Temporary Congestion")]
    public async Task RejectAssociation_rejects_with_the_reason(string reason, string words)
    {
        Requirement.Dcmtk();
        using SimulatorFixture fixture = Start("RejectAssociation", reason);
        ToolResult echo = await Dcmtk.EchoscuAsync(fixture.Port, fixture.AETitle);
        Assert.NotEqual(0, echo.ExitCode);
        Assert.Contains(words, echo.AllOutput, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task AbortAssociation_accepts_and_aborts()
    {
        using SimulatorFixture fixture = Start("AbortAssociation", true);
        await using RawClient client = await RawClient.OpenAsync(fixture.Port, DicomUids.Verification);
        Assert.Equal(RawPdu.AssociateAc, client.Answer.Type);
        RawPdu abort = await client.Connection.ExpectAsync(RawPdu.AbortPdu);
        Assert.Equal(0, abort.Body[2]);
    }

    [Fact]
    public async Task RefuseContext_refuses_only_what_it_names()
    {
        Requirement.Dcmtk();
        using SimulatorFixture fixture = Start("RefuseContext", "Find");
        (await Dcmtk.EchoscuAsync(fixture.Port, fixture.AETitle)).EnsureSuccess();
        ToolResult find = await Dcmtk.FindscuAsync(fixture.Port, fixture.AETitle, "-S", "-k", "QueryRetrieveLevel=STUDY");
        Assert.NotEqual(0, find.ExitCode);
        Assert.Contains("No Acceptable Presentation Contexts", find.AllOutput, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task DelayMilliseconds_delays_every_response()
    {
        using SimulatorFixture fixture = Start("DelayMilliseconds", 150);
        await using RawClient client = await RawClient.OpenAsync(fixture.Port, DicomUids.Verification);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < 2; i++)
        {
            await client.SendAsync(RawCommand.CEchoRq, DicomUids.Verification);
            await client.Connection.ReadMessageAsync();
        }
        Assert.True(Stopwatch.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(290), $"{Stopwatch.GetElapsedTime(start).TotalMilliseconds} ms");
    }

    [Fact]
    public async Task StallAfter_falls_silent_and_stays()
    {
        using SimulatorFixture fixture = Start("StallAfter", 2, FiveStudies());
        await using RawClient client = await RawClient.OpenAsync(fixture.Port, DicomUids.StudyRootFind);
        await client.SendAsync(RawCommand.CFindRq, DicomUids.StudyRootFind, RawClient.StudyQuery());
        for (int i = 0; i < 2; i++)
            Assert.Equal((ushort)0xFF00, (await client.Connection.ReadMessageAsync()).Command.Status);
        // Whatever else had been sent would come before the answer to a release.
        await client.Connection.ReleaseAsync();
    }

    [Fact]
    public async Task StallAfter_outlasts_findscu()
    {
        Requirement.Dcmtk();
        using SimulatorFixture fixture = Start("StallAfter", 1, FiveStudies());
        ToolResult find = await Dcmtk.FindscuAsync(fixture.Port, fixture.AETitle, "-S", "--timeout", "5", "--dimse-timeout", "1", "-k", "QueryRetrieveLevel=STUDY", "-k", "StudyInstanceUID");
        Assert.Contains("No data available (timeout", find.AllOutput, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task AbortAfter_aborts_after_so_many_responses()
    {
        using SimulatorFixture fixture = Start("AbortAfter", 2, FiveStudies());
        await using RawClient client = await RawClient.OpenAsync(fixture.Port, DicomUids.StudyRootFind);
        await client.SendAsync(RawCommand.CFindRq, DicomUids.StudyRootFind, RawClient.StudyQuery());
        for (int i = 0; i < 2; i++)
            await client.Connection.ReadMessageAsync();
        await client.Connection.ExpectAsync(RawPdu.AbortPdu);
    }

    [Theory]
    [InlineData("FailEvery", 2, "B000", 2, 0, 2, 2)]
    [InlineData("FailEvery", 1, "A702", 0, 0, 4, 0)]
    [InlineData("WarnEvery", 2, "B000", 2, 2, 0, 4)]
    [InlineData("DropEvery", 2, "0000", 4, 0, 0, 2)]
    public async Task Sub_operations_fail_warn_and_vanish_in_a_C_MOVE(string knob, int every, string status, int completed, int warnings, int failed, int arrived)
    {
        await using StorescpPeer storescp = await StorescpPeer.StartAsync(noDelay: true);
        using SimulatorFixture fixture = Start(
            new PacsSimulatorOptions { Faults = Faults(knob, every), MoveDestinations = SimulatorFixture.Destination(storescp.AETitle, storescp.Port) }, SimulatorFixture.Tiny(4));
        await using RawClient client = await RawClient.OpenAsync(fixture.Port, DicomUids.StudyRootMove);
        RawMessage final = await MoveAsync(client, storescp.AETitle);
        Assert.Equal(status, final.Command.Status!.Value.ToString("X4"));
        Assert.Equal([completed, failed, warnings], new ushort[] { 0x1021, 0x1022, 0x1023 }.Select(e => (int)final.Command.GetUInt16(e)!.Value));
        Assert.Equal(arrived, Directory.GetFiles(storescp.Received).Length);
        Assert.Equal(failed, final.Command.HasDataSet ? Encoding.ASCII.GetString(final.DataSet).Split('\\').Length : 0);
    }

    [Fact]
    public async Task Sub_operations_fail_in_a_C_GET()
    {
        Requirement.Dcmtk();
        using SimulatorFixture fixture = Start("FailEvery", 2, SimulatorFixture.Tiny(4));
        string received = fixture.Folder.Create("received");
        // getscu 3.6.7 does not read the list of failed instances and then waits in vain for its release to be answered.
        ToolResult get = await Dcmtk.GetscuAsync(
            fixture.Port, fixture.AETitle, "-v", "--acse-timeout", "1", "-S", "-od", received, "-k", "QueryRetrieveLevel=STUDY", "-k", $"StudyInstanceUID={SimulatorFixture.StudyUid()}");
        Assert.Equal(2, Directory.GetFiles(received).Length);
        Assert.Matches("Number of Failed Suboperations +: 2", get.AllOutput);
    }

    [Theory]
    [InlineData("FailEvery", null, 0xA700, 1)]
    [InlineData("FailEvery", 0xC211, 0xC211, 1)]
    [InlineData("WarnEvery", null, 0xB000, 2)]
    [InlineData("WarnEvery", 0xB007, 0xB007, 2)]
    [InlineData("DropEvery", null, 0x0000, 1)]
    public async Task Every_second_C_STORE_is_answered_so(string knob, int? status, int expected, int kept)
    {
        SimulatorFaults faults = Faults(knob, 2) with { Status = (ushort?)status };
        using SimulatorFixture fixture = Start(new PacsSimulatorOptions { Faults = faults });
        await using RawClient client = await RawClient.OpenAsync(fixture.Port, TestStudy.CTImageStorage);
        List<int> answers = [];
        foreach (TestInstance instance in TestStudy.Create(TestStudy.Tiny(2) with { ExplicitVR = false }))
        {
            await client.Connection.SendMessageAsync(1, instance.ToCStore((ushort)(answers.Count + 1)), instance.DataSet);
            answers.Add((await client.Connection.ReadMessageAsync()).Command.Status!.Value);
        }
        Assert.Equal([0, expected], answers);
        Assert.Equal(kept, fixture.Simulator.Instances);
    }

    [Fact]
    public async Task Status_ends_every_operation_at_once()
    {
        using SimulatorFixture fixture = Start("Status", "C123", FiveStudies());
        await using RawClient client = await RawClient.OpenAsync(fixture.Port, DicomUids.Verification, DicomUids.StudyRootFind, DicomUids.StudyRootMove);
        await client.SendAsync(RawCommand.CEchoRq, DicomUids.Verification);
        Assert.Equal((ushort)0xC123, (await client.Connection.ReadMessageAsync()).Command.Status);
        await client.SendAsync(RawCommand.CFindRq, DicomUids.StudyRootFind, RawClient.StudyQuery());
        Assert.Equal((ushort)0xC123, Assert.Single(await client.ReadAllAsync()).Command.Status);
        Assert.Equal((ushort)0xC123, (await MoveAsync(client, "NOBODY")).Command.Status);
    }

    [Fact]
    public async Task OmitCounters_leaves_the_counters_out()
    {
        await using StorescpPeer storescp = await StorescpPeer.StartAsync(noDelay: true);
        using SimulatorFixture fixture = Start(
            new PacsSimulatorOptions { Faults = Faults("OmitCounters", true), MoveDestinations = SimulatorFixture.Destination(storescp.AETitle, storescp.Port) }, SimulatorFixture.Tiny(2));
        await using RawClient client = await RawClient.OpenAsync(fixture.Port, DicomUids.StudyRootMove);
        await client.SendAsync(RawCommand.CMoveRq, DicomUids.StudyRootMove, RawClient.StudyRetrieve(SimulatorFixture.StudyUid()), c => c.Set(0x0600, storescp.AETitle));
        List<RawMessage> all = await client.ReadAllAsync();
        Assert.Equal([0xFF00, 0x0000], all.Select(m => (int)m.Command.Status!.Value));
        Assert.All(all, m => Assert.All<ushort>([0x1020, 0x1021, 0x1022, 0x1023], e => Assert.Null(m.Command.GetUInt16(e))));
    }

    [Fact]
    public async Task LoseFinalResponse_never_ends()
    {
        using SimulatorFixture fixture = Start("LoseFinalResponse", true, FiveStudies());
        await using RawClient client = await RawClient.OpenAsync(fixture.Port, DicomUids.StudyRootFind);
        await client.SendAsync(RawCommand.CFindRq, DicomUids.StudyRootFind, RawClient.StudyQuery());
        for (int i = 0; i < 5; i++)
            Assert.Equal((ushort)0xFF00, (await client.Connection.ReadMessageAsync()).Command.Status);
        await client.Connection.ReleaseAsync();
    }

    [Fact]
    public async Task NeverRelease_leaves_the_destination_waiting()
    {
        var moved = new TaskCompletionSource();
        await using ScriptedPeer destination = ScriptedPeer.Listen(async connection =>
        {
            await connection.AcceptAssociationAsync();
            RawMessage store = await connection.ReadMessageAsync();
            await connection.SendMessageAsync(store.ContextId, store.Command.Response(0));
            await moved.Task;
            // What comes next is the end of the simulator, and nothing had come before it.
            await connection.ExpectAsync(RawPdu.AbortPdu);
        });
        using SimulatorFixture fixture = Start(
            new PacsSimulatorOptions { Faults = Faults("NeverRelease", true), MoveDestinations = SimulatorFixture.Destination("SCRIPT", destination.Port) }, SimulatorFixture.Tiny(1));
        await using RawClient client = await RawClient.OpenAsync(fixture.Port, DicomUids.StudyRootMove);
        Assert.Equal((ushort)0, (await MoveAsync(client, "SCRIPT")).Command.Status);
        moved.SetResult();
        fixture.Simulator.Stop();
        await destination.Completion;
    }

    [Fact]
    public async Task PendingWarning_says_FF01()
    {
        Requirement.Dcmtk();
        using SimulatorFixture fixture = Start("PendingWarning", true, FiveStudies());
        ToolResult find = await Dcmtk.FindscuAsync(fixture.Port, fixture.AETitle, "-d", "-S", "-k", "QueryRetrieveLevel=STUDY", "-k", "StudyInstanceUID");
        Assert.Equal(5, Count(find, "0xff01"));
    }

    [Fact]
    public async Task IllegalValues_are_no_dates()
    {
        Requirement.Dcmtk();
        using SimulatorFixture fixture = Start("IllegalValues", true, SimulatorFixture.Tiny(1));
        ToolResult find = await Dcmtk.FindscuAsync(
            fixture.Port, fixture.AETitle, "-v", "-S", "-k", "QueryRetrieveLevel=STUDY", "-k", "StudyDate", "-k", "StudyTime", "-k", "NumberOfStudyRelatedInstances", "-k", "StudyInstanceUID");
        Assert.Contains("[20241341]", find.AllOutput, StringComparison.Ordinal);
        Assert.Contains("[256199]", find.AllOutput, StringComparison.Ordinal);
        Assert.Contains("[1O]", find.AllOutput, StringComparison.Ordinal);
        Assert.Contains(SimulatorFixture.StudyUid(), find.AllOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongCharacterSet_declares_what_the_bytes_are_not()
    {
        using SimulatorFixture fixture = Start("WrongCharacterSet", "ISO_IR 101", SimulatorFixture.Tiny(1) with { CharacterSet = SyntheticCharacterSet.Utf8, PatientName = "Łukasiewicz^Żaneta" });
        await using RawClient client = await RawClient.OpenAsync(fixture.Port, DicomUids.StudyRootFind);
        await client.SendAsync(RawCommand.CFindRq, DicomUids.StudyRootFind, RawClient.StudyQuery());
        byte[] match = (await client.ReadAllAsync())[0].DataSet;
        Assert.True(match.AsSpan().IndexOf("ISO_IR 101"u8) > 0, "the wrong set is declared");
        Assert.True(match.AsSpan().IndexOf("Łukasiewicz^Żaneta"u8) > 0, "the text still is UTF-8");
        Assert.True(match.AsSpan().IndexOf("ISO_IR 192"u8) < 0, "the true set is not declared");
    }

    [Fact]
    public async Task ResultCap_ends_with_A700()
    {
        Requirement.Dcmtk();
        using SimulatorFixture fixture = Start("ResultCap", 3, FiveStudies());
        ToolResult find = await Dcmtk.FindscuAsync(fixture.Port, fixture.AETitle, "-d", "-S", "-k", "QueryRetrieveLevel=STUDY", "-k", "StudyInstanceUID");
        Assert.Equal(3, Count(find, "0xff00"));
        Assert.Contains("0xa700", find.AllOutput, StringComparison.OrdinalIgnoreCase);
    }

    private static int Count(ToolResult result, string status) =>
        result.AllOutput.Split('\n').Count(l => l.Contains("DIMSE Status", StringComparison.Ordinal) && l.Contains(status, StringComparison.OrdinalIgnoreCase));

    private static SyntheticStudyOptions[] FiveStudies() => [.. Enumerable.Range(1, 5).Select(n => SimulatorFixture.Tiny(1, seed: n))];

    private static SimulatorFaults Faults(string knob, object value) => FaultParser.Parse(new System.Collections.Hashtable { [knob] = value });

    private static SimulatorFixture Start(string knob, object value, params SyntheticStudyOptions[] studies) =>
        Start(new PacsSimulatorOptions { Faults = Faults(knob, value) }, studies);

    private static SimulatorFixture Start(PacsSimulatorOptions options, params SyntheticStudyOptions[] studies) => SimulatorFixture.Start(options, studies);

    private static async Task<RawMessage> MoveAsync(RawClient client, string destination)
    {
        await client.SendAsync(RawCommand.CMoveRq, DicomUids.StudyRootMove, RawClient.StudyRetrieve(SimulatorFixture.StudyUid()), c => c.Set(0x0600, destination));
        return (await client.ReadAllAsync())[^1];
    }
}
