using System.Threading.Channels;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Sending;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Processes;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Services.Tests.Sending;

/// <summary>What a file's end is told as, and what of it goes over the wire.</summary>
public sealed class FileSenderTests : SendTestBase
{
    [Fact]
    public async Task Files_are_sent_as_they_lie_on_disk()
    {
        var files = Files(3);
        await using var peer = ScriptedPeer.Listen(Archive());
        var reports = await SendAsync(To(peer), files);
        Assert.Equal(files, reports.Select(r => r.Path));
        Assert.All(reports, r => Assert.Equal((SendOutcome.Stored, (ushort?)0, 1), (r.Result!.Outcome, r.Result.Status, r.Result.Attempts)));
        Assert.Equal(files.Select(TestInstance.DataSetOf), Got.Select(m => m.DataSet));
        Assert.Equal(reports.Select(r => r.Result!.SOPInstanceUID), Got.Select(m => m.Command.AffectedSOPInstanceUID));
        Assert.All(reports, r => Assert.Null(r.Error));
    }

    [Fact]
    public async Task Warnings_are_stored_and_failures_do_not_stop_the_rest()
    {
        var statuses = new Queue<ushort>([0xB000, 0xA900, 0xC123, 0x0000]);
        await using var peer = ScriptedPeer.Listen(Archive(_ => statuses.Dequeue()));
        var reports = await SendAsync(To(peer), Files(4));
        Assert.Equal([SendOutcome.StoredWithWarning, SendOutcome.Failed, SendOutcome.Failed, SendOutcome.Stored], reports.Select(r => r.Result!.Outcome));
        Assert.Equal([0xB000, 0xA900, 0xC123, 0], reports.Select(r => (int)r.Result!.Status!));
        Assert.Equal([null, 0xA900, 0xC123, null], reports.Select(r => (int?)(r.Error as DimseStatusException)?.Status));
        Assert.NotNull(reports[0].Result!.Reason);
        Assert.Equal(1, peer.Accepted);
    }

    [Fact]
    public async Task Files_that_hold_no_instance_are_told_and_the_rest_goes_on()
    {
        var text = Folder["text.txt"];
        var empty = Folder["empty.dcm"];
        var directory = Folder["DICOMDIR"];
        await File.WriteAllTextAsync(text, string.Concat(Enumerable.Repeat("This is no DICOM file. ", 40)), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(empty, [], TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(directory, [.. TestInstance.FileHead("1.2.840.10008.1.3.10", "1.2.3", TestStudy.ExplicitLittleEndian), .. new RawDataSet().Text(0x00041130, "CS", "SET").ToBytes(explicitVR: true)], TestContext.Current.CancellationToken);
        var good = Files(2);
        await using var peer = ScriptedPeer.Listen(Archive());
        var reports = await SendAsync(To(peer), text, good[0], empty, Folder["nothing.dcm"], directory, good[1]);
        Assert.Equal(6, reports.Count);
        Assert.Equal(good, reports.Where(r => r.Result is not null).Select(r => r.Path));
        Assert.Equal("Send.NotDicom", Id(text));
        Assert.Equal("Send.NotDicom", Id(empty));
        Assert.Equal("Send.CannotRead", Id(Folder["nothing.dcm"]));
        Assert.Equal("Send.NoInstance", Id(directory));

        string Id(string path) => Assert.IsType<SendException>(reports.Single(r => r.Path == path).Error).Id;
    }

    [Fact]
    public async Task Native_files_are_converted_if_the_archive_takes_them_only_so()
    {
        var explicitVR = TestStudy.CreateOne(TestStudy.Tiny(1));
        var implicitVR = TestStudy.CreateOne(TestStudy.Tiny(1) with { ExplicitVR = false });
        await using var peer = ScriptedPeer.Listen(Archive(answer: c => Only(c, TestStudy.ImplicitLittleEndian)));
        var report = Assert.Single(await SendAsync(To(peer), explicitVR.Save(Folder.Path)));
        Assert.Equal(implicitVR.DataSet, Assert.Single(Got).DataSet);
        Assert.Equal((TestStudy.ImplicitLittleEndian, TestStudy.ExplicitLittleEndian), (report.Result!.TransferSyntaxUID, report.Result.ConvertedFrom));
    }

    [Fact]
    public async Task Compressed_files_are_never_converted()
    {
        const string jpeg = "1.2.840.10008.1.2.4.50";
        var file = EncapsulatedInstance.Create(jpeg).Save(Folder.Path);
        await using var peer = ScriptedPeer.Listen(Archive(answer: c => Only(c, TestStudy.ExplicitLittleEndian)));
        var report = Assert.Single(await SendAsync(To(peer), file));
        Assert.Equal((SendOutcome.Failed, 0, jpeg), (report.Result!.Outcome, report.Result.Attempts, report.Result.TransferSyntaxUID));
        Assert.Equal("Send.NotAccepted", Assert.IsType<SendException>(report.Error).Id);
        Assert.Empty(Got);
    }

    [Fact]
    public async Task A_refused_sop_class_costs_only_its_own_files()
    {
        var refused = TestStudy.CreateOne(TestStudy.Tiny(1, 7) with { Modality = TestModality.MR });
        await using var peer = ScriptedPeer.Listen(Archive(answer: c => c.AbstractSyntax == TestStudy.MRImageStorage ? new(c.Id, 3, c.TransferSyntaxes[0]) : RawAssociate.Accept(c)));
        var reports = await SendAsync(To(peer), [refused.Save(Folder.Path), .. Files(2)]);
        Assert.Equal([SendOutcome.Failed, SendOutcome.Stored, SendOutcome.Stored], reports.Select(r => r.Result!.Outcome));
        Assert.Contains("abstract syntax not supported", reports[0].Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_odd_data_set_is_padded_where_it_is_odd()
    {
        var plain = TestStudy.CreateOne(TestStudy.Tiny(1));
        byte[] odd = [.. plain.DataSet, 0xE1, 0x7F, 0x10, 0x00, (byte)'L', (byte)'O', 3, 0, (byte)'A', (byte)'B', (byte)'C'];
        await using var peer = ScriptedPeer.Listen(Archive());
        var report = Assert.Single(await SendAsync(To(peer), (plain with { DataSet = odd }).Save(Folder.Path)));
        Assert.Equal(SendOutcome.Stored, report.Result!.Outcome);
        byte[] expected = [.. odd, (byte)' '];
        expected[plain.DataSet.Length + 6] = 4;
        Assert.Equal(expected, Assert.Single(Got).DataSet);
    }

    [Fact]
    public async Task More_sop_classes_than_contexts_take_several_associations()
    {
        var one = TestStudy.CreateOne(TestStudy.Tiny(1));
        List<string> files = [];
        for (var i = 1; i <= 100; i++)
        {
            var sopClass = $"1.2.840.10008.5.1.4.1.1.2.{i:000}".Replace(".0", ".", StringComparison.Ordinal).Replace("..", ".", StringComparison.Ordinal);
            var data = new RawDataSet().Text(0x00080016, "UI", sopClass).Text(0x00080018, "UI", $"1.2.3.{i}").ToBytes(explicitVR: true);
            files.Add((one with { SOPClassUID = sopClass, SOPInstanceUID = $"1.2.3.{i}", DataSet = data }).Save(Folder.Path));
        }

        await using var peer = ScriptedPeer.ListenForever(Archive());
        var reports = await SendAsync(To(peer), files);
        Assert.Equal(100, reports.Count(r => r.Result!.Outcome == SendOutcome.Stored));
        Assert.Equal(2, peer.Accepted);
        Assert.All(Requests, r => Assert.InRange(r.Contexts.Count, 1, 128));
    }

    [Fact]
    public async Task A_file_is_sent_while_others_are_still_to_come()
    {
        var files = Files(2);
        await using var peer = ScriptedPeer.ListenForever(Archive());
        var paths = Channel.CreateUnbounded<string>();
        paths.Writer.TryWrite(files[0]);
        await using var reports = new FileSender().SendAsync(To(peer), paths.Reader, Log).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await reports.MoveNextAsync());
        Assert.Equal(files[0], reports.Current.Path);
        paths.Writer.TryWrite(files[1]);
        paths.Writer.Complete();
        Assert.True(await reports.MoveNextAsync());
        Assert.Equal(files[1], reports.Current.Path);
        Assert.False(await reports.MoveNextAsync());
    }

    [Fact]
    public async Task Several_associations_share_the_files()
    {
        var files = Files(40);
        await using var peer = ScriptedPeer.ListenForever(Archive());
        var reports = await SendAsync(To(peer, associations: 4), files);
        Assert.Equal(files.Order(), reports.Select(r => r.Path).Order());
        Assert.Equal(40, Got.Select(m => m.Command.AffectedSOPInstanceUID).Distinct().Count());
        Assert.InRange(peer.Accepted, 1, 4);
    }

    [Fact]
    public async Task Whoever_stops_reading_stops_the_sending()
    {
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var peer = ScriptedPeer.ListenForever(async connection =>
        {
            await connection.AcceptAssociationAsync();
            await connection.ReadMessageAsync();
            sent.TrySetResult();
            await connection.ReadToEndAsync();
        });
        using var stop = new CancellationTokenSource();
        var paths = Channel.CreateUnbounded<string>();
        paths.Writer.TryWrite(Files(1)[0]);
        await using var reports = new FileSender().SendAsync(To(peer), paths.Reader, Log, stop.Token).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var next = reports.MoveNextAsync().AsTask();
        await sent.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task An_archive_that_is_not_there_costs_three_tries_and_not_three_a_file()
    {
        var reports = await SendAsync(To(LoopbackPort.Closed()), Files(20));
        Assert.Equal(20, reports.Count);
        Assert.All(reports, r => Assert.Equal((SendOutcome.Failed, 0), (r.Result!.Outcome, r.Result.Attempts)));
        Assert.All(reports, r => Assert.Equal(NetworkFailure.ConnectionRefused, Assert.IsType<DicomNetworkException>(r.Error).Failure));
        Assert.Equal(2, Delays.Count);
    }

    [Fact]
    public async Task Kinds_that_come_by_turns_share_an_association()
    {
        string[] ct = Files(3), us = [.. TestStudy.Save(TestStudy.Tiny(3, 9) with { Modality = TestModality.US }, Folder["us"])];
        await using var peer = ScriptedPeer.ListenForever(Archive());
        var paths = Channel.CreateUnbounded<string>();
        var left = new Queue<string>(ct.Zip(us).SelectMany(p => new[] { p.First, p.Second }));
        paths.Writer.TryWrite(left.Dequeue());
        var sent = 0;
        await foreach (var report in new FileSender().SendAsync(To(peer), paths.Reader, Log, TestContext.Current.CancellationToken))
        {
            Assert.Null(report.Error);
            sent++;
            if (left.TryDequeue(out var next))
                paths.Writer.TryWrite(next);
            else
                paths.Writer.TryComplete();
        }

        Assert.Equal(6, sent);
        // The second proposes what both take.
        Assert.Equal(2, Requests.Count);
    }
}
