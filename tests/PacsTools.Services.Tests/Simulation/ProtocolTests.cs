using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Services.Simulation;
using PacsTools.Services.Simulation.TestData;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Processes;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Services.Tests.Simulation;

/// <summary>The simulator's side of the protocol, seen byte by byte by a raw requestor.</summary>
public sealed class ProtocolTests : IDisposable
{
    private const string Study = "1.2.3";
    private readonly TemporaryFolder _folder = new("protocol");
    private PacsSimulator? _simulator;

    public void Dispose()
    {
        _simulator?.Dispose();
        _folder.Dispose();
    }

    // PS3.4 C.5.1.1: as many bytes as were offered, each 1 if both sides can do it.
    [Theory]
    [InlineData(new byte[] { 1 }, new byte[] { 1 })]
    [InlineData(new byte[] { 0, 1, 1 }, new byte[] { 0, 1, 1 })]
    [InlineData(new byte[] { 1, 1, 1, 1, 1, 1, 1 }, new byte[] { 1, 1, 1, 0, 0, 1, 1 })]
    [InlineData(new byte[] { 1, 0, 0, 0, 0, 0, 0, 1 }, new byte[] { 1, 0, 0, 0, 0, 0, 0, 0 })]
    public async Task Extended_negotiation_is_answered_byte_by_byte(byte[] offered, byte[] expected)
    {
        Start();
        await using RawClient client = await OpenAsync(DicomUids.StudyRootFind, offered);
        byte[] uid = System.Text.Encoding.ASCII.GetBytes(DicomUids.StudyRootFind);
        byte[] item = [0x56, 0, 0, (byte)(2 + uid.Length + expected.Length), 0, (byte)uid.Length, .. uid, .. expected];
        Assert.True(client.Answer.Body.AsSpan().IndexOf(item) > 0, Convert.ToHexString(client.Answer.Body));
    }

    [Theory]
    [InlineData(null, 0xA900, 0)]
    [InlineData(new byte[] { 0 }, 0xA900, 0)]
    [InlineData(new byte[] { 1 }, 0x0000, 6)]
    public async Task Relational_queries_need_negotiation(byte[]? offered, int status, int matches)
    {
        Start();
        await using RawClient client = await OpenAsync(DicomUids.StudyRootFind, offered);
        await client.SendAsync(RawCommand.CFindRq, DicomUids.StudyRootFind, new RawDataSet().Text(0x00080018, "UI", "").Text(0x00080052, "CS", "IMAGE").Text(0x00080060, "CS", "CT"));
        List<RawMessage> answers = await client.ReadAllAsync();
        Assert.Equal((status, matches), (answers[^1].Command.Status!.Value, answers.Count - 1));
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData(new byte[] { 0, 1 }, 1)]
    public async Task Dates_and_times_combine_if_negotiated(byte[]? offered, int matches)
    {
        Start();
        await using RawClient client = await OpenAsync(DicomUids.StudyRootFind, offered);
        // The study is of 2 January, 10:00.
        await client.SendAsync(RawCommand.CFindRq, DicomUids.StudyRootFind, new RawDataSet()
            .Text(0x00080020, "DA", "20240101-20240103").Text(0x00080030, "TM", "1200-0900").Text(0x00080052, "CS", "STUDY").Text(0x0020000D, "UI", ""));
        Assert.Equal(matches, (await client.ReadAllAsync()).Count - 1);
    }

    [Fact]
    public async Task An_identifier_that_cannot_be_read_costs_the_operation_not_the_association()
    {
        Start();
        await using RawClient client = await OpenAsync(DicomUids.StudyRootFind, null);
        RawCommand find = RawCommand.Request(RawCommand.CFindRq, 1, DicomUids.StudyRootFind, hasDataSet: true);
        await client.Connection.SendMessageAsync(1, find, new byte[] { 0x08, 0x00, 0x52, 0x00, 0xFF, 0xFF, 0xFF, 0x7F, 0x41, 0x41 });
        Assert.Equal((ushort)0xC000, Assert.Single(await client.ReadAllAsync()).Command.Status);
        await client.SendAsync(RawCommand.CFindRq, DicomUids.StudyRootFind, RawClient.StudyQuery());
        Assert.Equal(2, (await client.ReadAllAsync()).Count);
    }

    [Fact]
    public async Task What_it_does_not_know_is_an_unrecognized_operation()
    {
        Start();
        const ushort nCreate = 0x0140;
        await using RawClient client = await OpenAsync(DicomUids.StorageCommitmentPushModel, null);
        await client.SendAsync(nCreate, DicomUids.StorageCommitmentPushModel, RawClient.StudyQuery());
        Assert.Equal((ushort)0x0211, (await client.Connection.ReadMessageAsync()).Command.Status);
        await client.Connection.ReleaseAsync();
    }

    [Fact]
    public async Task A_cancellation_that_comes_too_late_is_passed_over()
    {
        Start();
        await using RawClient client = await OpenAsync(DicomUids.StudyRootFind, null);
        RawCommand find = await client.SendAsync(RawCommand.CFindRq, DicomUids.StudyRootFind, RawClient.StudyQuery());
        await client.ReadAllAsync();
        await client.Connection.SendMessageAsync(1, new RawCommand(RawCommand.CCancelRq).Set(0x0120, find.MessageId));
        await client.SendAsync(RawCommand.CFindRq, DicomUids.StudyRootFind, RawClient.StudyQuery());
        Assert.Equal(2, (await client.ReadAllAsync()).Count);
    }

    [Fact]
    public async Task A_cancelled_query_ends_with_FE00()
    {
        // The cancellation is there before the query is looked at.
        Start();
        await using RawClient client = await OpenAsync(DicomUids.StudyRootFind, null);
        RawCommand find = RawCommand.Request(RawCommand.CFindRq, 7, DicomUids.StudyRootFind, hasDataSet: true);
        byte[] both =
        [
            .. RawPdu.DataValue(1, isCommand: true, isLast: true, find.ToBytes()).ToBytes(),
            .. RawPdu.DataValue(1, isCommand: false, isLast: true, RawClient.StudyQuery().ToBytes(explicitVR: false)).ToBytes(),
            .. RawPdu.DataValue(1, isCommand: true, isLast: true, new RawCommand(RawCommand.CCancelRq).Set(0x0120, 7).ToBytes()).ToBytes(),
        ];
        await client.Connection.SendAsync(both);
        Assert.Equal((ushort)0xFE00, Assert.Single(await client.ReadAllAsync()).Command.Status);
    }

    [Fact]
    public async Task A_retrieve_that_is_cancelled_in_a_sub_operation_ends_after_it()
    {
        Start(syntax: TransferSyntax.ImplicitVRLittleEndian);
        byte[] uid = System.Text.Encoding.ASCII.GetBytes(DicomUids.CTImageStorage);
        await using RawClient client = await RawClient.OpenAsync(
            _simulator!.Port, [(0x54, [0, (byte)uid.Length, .. uid, 1, 1])], DicomUids.StudyRootGet, DicomUids.CTImageStorage);
        RawCommand get = await client.SendAsync(RawCommand.CGetRq, DicomUids.StudyRootGet, RawClient.StudyRetrieve(Study));
        RawMessage store = await client.Connection.ReadMessageAsync();
        Assert.Equal(RawCommand.CStoreRq, store.Command.CommandField);
        await client.Connection.SendMessageAsync(1, new RawCommand(RawCommand.CCancelRq).Set(0x0120, get.MessageId));
        await client.Connection.SendMessageAsync(store.ContextId, store.Command.Response(0));
        // The pending response to the first sub-operation, then the end.
        List<RawMessage> answers = await client.ReadAllAsync();
        Assert.Equal([0xFF00, 0xFE00], answers.Select(a => (int)a.Command.Status!.Value));
        Assert.Equal([5, 1, 0, 0], new ushort[] { 0x1020, 0x1021, 0x1022, 0x1023 }.Select(e => (int)answers[^1].Command.GetUInt16(e)!.Value));
    }

    // PS3.5 10.1: whoever keeps native data can send it in the default transfer syntax.
    [Fact]
    public async Task A_retrieve_gets_in_implicit_vr_what_is_kept_in_explicit_vr()
    {
        Start(syntax: TransferSyntax.ExplicitVRLittleEndian);
        byte[] uid = System.Text.Encoding.ASCII.GetBytes(DicomUids.CTImageStorage);
        await using RawClient client = await RawClient.OpenAsync(
            _simulator!.Port, [(0x54, [0, (byte)uid.Length, .. uid, 1, 1])], DicomUids.StudyRootGet, DicomUids.CTImageStorage);
        await client.SendAsync(RawCommand.CGetRq, DicomUids.StudyRootGet, RawClient.StudyRetrieve(Study));
        for (int left = 6; left > 0; left--)
        {
            RawMessage store = await client.Connection.ReadMessageAsync();
            Assert.Equal(RawCommand.CStoreRq, store.Command.CommandField);
            Assert.Equal(Study, DatasetReader.Read(store.DataSet!, TransferSyntax.ImplicitVRLittleEndian).GetString(DicomTags.StudyInstanceUID));
            await client.Connection.SendMessageAsync(store.ContextId, store.Command.Response(0));
            RawMessage counted = await client.Connection.ReadMessageAsync();
            Assert.Equal(left > 1 ? 0xFF00 : 0x0000, (int)counted.Command.Status!.Value);
        }
    }

    [Fact]
    public async Task A_retrieve_without_a_context_for_what_is_stored_fails_and_names_it()
    {
        Start();
        await using RawClient client = await OpenAsync(DicomUids.StudyRootGet, null);
        await client.SendAsync(RawCommand.CGetRq, DicomUids.StudyRootGet, RawClient.StudyRetrieve(Study));
        List<RawMessage> answers = await client.ReadAllAsync();
        Assert.Equal((ushort)0xA702, answers[^1].Command.Status);
        Assert.Equal((ushort)6, answers[^1].Command.GetUInt16(0x1022));
        DicomDataset failed = DatasetReader.Read(answers[^1].DataSet, TransferSyntax.ImplicitVRLittleEndian);
        Assert.Contains(SeededNumbers.Uid("instance", Study, 2, 3), failed.GetStrings(DicomTags.FailedSOPInstanceUIDList));
    }

    [Fact]
    public async Task A_stored_instance_whose_data_set_says_something_else_is_refused()
    {
        Start();
        int before = _simulator!.Instances;
        TestInstance instance = TestStudy.CreateOne(TestStudy.Tiny(1) with { ExplicitVR = false });
        await using RawClient client = await OpenAsync(instance.SOPClassUID, null);
        Assert.Equal(0xA900, await StoreAsync(client, instance with { SOPInstanceUID = "1.2.3.4.5.6" }));
        Assert.Equal(0xC000, await StoreAsync(client, instance with { DataSet = new byte[64] }));
        Assert.Equal(0xC000, await StoreAsync(client, instance with { DataSet = instance.DataSet[..^2] }));
        Assert.Equal(before, _simulator.Instances);
        Assert.Empty(Directory.GetFiles(_simulator.PrivateFolder));
        Assert.Equal(0, await StoreAsync(client, instance));
        Assert.Equal(before + 1, _simulator.Instances);
        Assert.Single(Directory.GetFiles(_simulator.PrivateFolder));
    }

    [Fact]
    public async Task A_UID_that_cannot_stand_in_a_file_is_refused_and_leaves_none()
    {
        Start();
        TestInstance instance = TestStudy.CreateOne(TestStudy.Tiny(1) with { ExplicitVR = false });
        await using RawClient client = await OpenAsync(instance.SOPClassUID, null);
        await client.Connection.SendMessageAsync(1, instance.ToCStore(1).SetBytes(0x1000, [0x31, 0xAE]), instance.DataSet);
        Assert.Equal((ushort)0xC000, (await client.Connection.ReadMessageAsync()).Command.Status);
        Assert.Empty(Directory.GetFiles(_simulator!.PrivateFolder));
        Assert.Equal(0, await StoreAsync(client, instance));
    }

    [Fact]
    public async Task A_store_that_breaks_off_leaves_no_file()
    {
        Start();
        TestInstance instance = TestStudy.CreateOne(TestStudy.Tiny(1) with { ExplicitVR = false });
        await using (RawClient client = await OpenAsync(instance.SOPClassUID, null))
        {
            await client.Connection.SendAsync(RawPdu.DataValue(1, isCommand: true, isLast: true, instance.ToCStore(1).ToBytes()));
            await client.Connection.SendAsync(RawPdu.DataValue(1, isCommand: false, isLast: false, instance.DataSet.AsSpan(0, 200)));
            client.Connection.Reset();
        }
        await PacsTools.TestKit.Eventually.TrueAsync(() => Directory.GetFiles(_simulator!.PrivateFolder).Length == 0, "the broken file is gone");
        Assert.Equal(6, _simulator!.Instances);
    }

    [Fact]
    public async Task Commitment_is_reported_on_the_same_association_and_not_again_once_confirmed()
    {
        var log = new RecordingLog();
        Start(new PacsSimulatorOptions { Log = log });
        string known = SeededNumbers.Uid("instance", Study, 1, 1);
        await using RawClient client = await OpenAsync(DicomUids.StorageCommitmentPushModel, null);
        Assert.Equal(0, await RequestCommitmentAsync(client, (DicomUids.CTImageStorage, known), (DicomUids.MRImageStorage, known), (DicomUids.CTImageStorage, "1.2.3.99")));
        RawMessage report = await client.Connection.ReadMessageAsync();
        Assert.Equal(0x0100, report.Command.CommandField);
        Assert.Equal((ushort)2, report.Command.GetUInt16(0x1002));
        DicomDataset information = DatasetReader.Read(report.DataSet, TransferSyntax.ImplicitVRLittleEndian);
        Assert.Equal("1.2.3.4", information.GetString(DicomTags.TransactionUID));
        Assert.Equal(known, Assert.Single(information.GetItems(DicomTags.ReferencedSOPSequence)).GetString(DicomTags.ReferencedSOPInstanceUID));
        Assert.Equal([0x0119, 0x0112], information.GetItems(DicomTags.FailedSOPSequence).Select(i => i.GetInt32(DicomTags.FailureReason)!.Value));
        await client.Connection.SendMessageAsync(report.ContextId, report.Command.Response(0).Set(0x1000, DicomUids.StorageCommitmentPushModelInstance));
        await client.Connection.ReleaseAsync();
        // The requestor is nowhere to be found: had it been asked again, that would have been a warning.
        _simulator!.Stop();
        Assert.Empty(log.Warnings);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Commitment_reaches_a_requestor_that_has_gone_on_a_new_association(bool onlyNew)
    {
        var reported = new TaskCompletionSource<RawMessage>();
        await using ScriptedPeer modality = ScriptedPeer.Listen(async connection =>
        {
            RawAssociate request = await connection.AcceptAssociationAsync();
            Assert.Equal("SCRIPT", request.CalledAETitle);
            // Role selection: the requestor of this association is the SCP.
            byte[] role = Assert.Single(request.UserItems, i => i.Type == 0x54).Value;
            Assert.Equal([0, 1], role[^2..]);
            RawMessage report = await connection.ReadMessageAsync();
            await connection.SendMessageAsync(report.ContextId, report.Command.Response(0));
            await connection.AnswerReleaseAsync();
            reported.SetResult(report);
        });
        Start(new PacsSimulatorOptions { ReportOnNewAssociation = onlyNew, MoveDestinations = new Dictionary<string, MoveTarget> { ["SCRIPT"] = new("127.0.0.1", modality.Port) } });
        await using (RawClient client = await OpenAsync(DicomUids.StorageCommitmentPushModel, null))
        {
            Assert.Equal(0, await RequestCommitmentAsync(client, (DicomUids.CTImageStorage, SeededNumbers.Uid("instance", Study, 1, 1))));
            await client.Connection.SendAsync(RawPdu.Release);
        }
        RawMessage message = await reported.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal((ushort)1, message.Command.GetUInt16(0x1002));
        await modality.Completion;
    }

    [Fact]
    public async Task Reports_nobody_takes_wait_up_to_a_number_and_the_log_tells_of_those_dropped()
    {
        var reached = new TaskCompletionSource();
        await using ScriptedPeer silent = ScriptedPeer.Listen(async connection =>
        {
            await connection.AcceptAssociationAsync();
            reached.SetResult();
            await connection.ReadToEndAsync();
        });
        var log = new RecordingLog();
        Start(new PacsSimulatorOptions { Log = log, ReportOnNewAssociation = true, MoveDestinations = new Dictionary<string, MoveTarget> { ["SCRIPT"] = new("127.0.0.1", silent.Port) } });
        await using RawClient client = await OpenAsync(DicomUids.StorageCommitmentPushModel, null);
        await AskAsync(1);
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await AskAsync(CommitmentReporter.MaxWaiting);
        Assert.Empty(log.Warnings);
        await AskAsync(2);
        Assert.Equal(2, log.Warnings.Count);
        Assert.All(log.Warnings, warning => Assert.Equal("Simulator.CommitmentUndelivered", warning.Id));
        Assert.All(log.Warnings, warning => Assert.Contains("dropped the report of a storage commitment to SCRIPT", warning.Text));
        _simulator!.Stop();
        await silent.Completion;

        async Task AskAsync(int times)
        {
            for (int i = 0; i < times; i++)
                Assert.Equal(0, await RequestCommitmentAsync(client, (DicomUids.CTImageStorage, "1.2")));
        }
    }

    [Fact]
    public async Task A_requestor_that_confirms_nothing_gets_further_reports_on_a_new_association()
    {
        await using ScriptedPeer modality = ScriptedPeer.Listen(async connection =>
        {
            await connection.AcceptAssociationAsync();
            RawMessage report = await connection.ReadMessageAsync();
            await connection.SendMessageAsync(report.ContextId, report.Command.Response(0));
            await connection.AnswerReleaseAsync();
        });
        Start(new PacsSimulatorOptions { MoveDestinations = new Dictionary<string, MoveTarget> { ["SCRIPT"] = new("127.0.0.1", modality.Port) } });
        await using RawClient client = await OpenAsync(DicomUids.StorageCommitmentPushModel, null);
        for (int i = 0; i < CommitmentScp.MaxUnconfirmed; i++)
        {
            Assert.Equal(0, await RequestCommitmentAsync(client, (DicomUids.CTImageStorage, "1.2")));
            Assert.Equal(0x0100, (await client.Connection.ReadMessageAsync()).Command.CommandField);
        }
        Assert.Equal(0, await RequestCommitmentAsync(client, (DicomUids.CTImageStorage, "1.2")));
        await modality.Completion;
    }

    [Theory]
    [InlineData(DicomUids.ExplicitVRLittleEndian)]
    [InlineData(DicomUids.ExplicitVRBigEndian)]
    public async Task A_destination_that_does_not_take_the_stored_encoding_is_sent_another(string stored)
    {
        var arrived = new List<string?>();
        await using ScriptedPeer destination = ScriptedPeer.Listen(async connection =>
        {
            await connection.AcceptAssociationAsync(context => context.TransferSyntaxes.Contains(DicomUids.ImplicitVRLittleEndian)
                ? new RawContextAnswer(context.Id, 0, DicomUids.ImplicitVRLittleEndian)
                : new RawContextAnswer(context.Id, 4, DicomUids.ImplicitVRLittleEndian));
            for (int i = 0; i < 6; i++)
            {
                RawMessage store = await connection.ReadMessageAsync();
                arrived.Add(DatasetReader.Read(store.DataSet, TransferSyntax.ImplicitVRLittleEndian).GetString(DicomTags.SOPInstanceUID));
                await connection.SendMessageAsync(store.ContextId, store.Command.Response(0));
            }
            await connection.AnswerReleaseAsync();
        });
        Start(
            new PacsSimulatorOptions { MoveDestinations = new Dictionary<string, MoveTarget> { ["DEST"] = new("127.0.0.1", destination.Port) } },
            TransferSyntax.Get(stored));
        await using RawClient client = await OpenAsync(DicomUids.StudyRootMove, null);
        await client.SendAsync(RawCommand.CMoveRq, DicomUids.StudyRootMove, RawClient.StudyRetrieve(Study), c => c.Set(0x0600, "DEST"));
        Assert.Equal((ushort)0, (await client.ReadAllAsync())[^1].Command.Status);
        await destination.Completion;
        Assert.Equal(6, arrived.Distinct().Count());
        Assert.Contains(SeededNumbers.Uid("instance", Study, 2, 3), arrived);
    }

    [Theory]
    [InlineData("1.2.3.4", 1, "1.2.840.10008.1.20.1.1", 0x0000)]
    [InlineData(null, 1, "1.2.840.10008.1.20.1.1", 0x0115)]
    [InlineData("1.2.3.4", 2, "1.2.840.10008.1.20.1.1", 0x0123)]
    [InlineData("1.2.3.4", 1, "1.2.3", 0x0112)]
    public async Task An_action_that_is_no_request_for_commitment_is_refused(string? transaction, int action, string instance, int status)
    {
        Start();
        await using RawClient client = await OpenAsync(DicomUids.StorageCommitmentPushModel, null);
        Assert.Equal(status, await RequestCommitmentAsync(client, transaction, (ushort)action, instance, (DicomUids.CTImageStorage, "1.2")));
    }

    private static async Task<int> StoreAsync(RawClient client, TestInstance instance)
    {
        await client.Connection.SendMessageAsync(1, instance.ToCStore(1), instance.DataSet);
        return (await client.Connection.ReadMessageAsync()).Command.Status!.Value;
    }

    private static Task<int> RequestCommitmentAsync(RawClient client, params (string SopClass, string Instance)[] references) =>
        RequestCommitmentAsync(client, "1.2.3.4", 1, DicomUids.StorageCommitmentPushModelInstance, references);

    private static async Task<int> RequestCommitmentAsync(RawClient client, string? transaction, ushort action, string instance, params (string SopClass, string Instance)[] references)
    {
        const ushort nAction = 0x0130;
        RawDataSet information = new RawDataSet().Sequence(0x00081199, explicitVR: false, [.. references.Select(r => new RawDataSet().Text(0x00081150, "UI", r.SopClass).Text(0x00081155, "UI", r.Instance))]);
        if (transaction is not null)
            information.Text(0x00081195, "UI", transaction);
        await client.SendAsync(nAction, DicomUids.StorageCommitmentPushModel, information, c =>
            c.Remove(0x0002).Set(0x0003, DicomUids.StorageCommitmentPushModel).Set(0x1001, instance).Set(0x1008, action));
        return (await client.Connection.ReadMessageAsync()).Command.Status!.Value;
    }

    private Task<RawClient> OpenAsync(string sopClass, byte[]? extended)
    {
        byte[] uid = System.Text.Encoding.ASCII.GetBytes(sopClass);
        return RawClient.OpenAsync(_simulator!.Port, extended is null ? [] : [(0x56, [0, (byte)uid.Length, .. uid, .. extended])], sopClass);
    }

    /// <summary>A simulator of one study with six instances in two series.</summary>
    private void Start(PacsSimulatorOptions? options = null, TransferSyntax? syntax = null)
    {
        var study = new SyntheticStudyOptions
        {
            Rows = 4,
            Columns = 4,
            Series = 2,
            Instances = 3,
            StudyInstanceUID = Study,
            StudyDate = new DateTime(2024, 1, 2),
            StudyTime = TimeSpan.FromHours(10),
            TransferSyntax = syntax ?? TransferSyntax.ExplicitVRLittleEndian,
        };
        _ = SyntheticStudy.Save(study, _folder.Create("files")).Count();
        _simulator = PacsSimulator.Start((options ?? new PacsSimulatorOptions()) with { Path = _folder["files"] });
    }
}
