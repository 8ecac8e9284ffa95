using PacsTools.Dicom.Errors;
using PacsTools.Services.Sending;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Services.Tests.Sending;

/// <summary>What is sent again and what is not: nothing twice unless the retry table says so and the user is told.</summary>
public sealed class SendRetryTests : SendTestBase
{
    [Fact]
    public async Task Out_of_resources_is_sent_again_once_after_five_seconds()
    {
        var statuses = new Queue<ushort>([0xA700, 0, 0xA700, 0xA700, 0]);
        await using var peer = ScriptedPeer.Listen(Archive(_ => statuses.Dequeue()));
        var reports = await SendAsync(To(peer), Files(3));
        Assert.Equal([SendOutcome.Stored, SendOutcome.Failed, SendOutcome.Stored], reports.Select(r => r.Result!.Outcome));
        Assert.Equal([2, 2, 1], reports.Select(r => r.Result!.Attempts));
        Assert.Equal([TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5)], Delays);
        Assert.Equal(0xA700, Assert.IsType<DimseStatusException>(reports[1].Error).Status);
    }

    [Fact]
    public async Task A_large_file_is_read_from_its_beginning_every_time_it_is_sent()
    {
        var large = TestStudy.CreateOne(new TestStudyOptions { Rows = 1200, Columns = 1200 });
        Assert.True(large.DataSet.Length > 2 << 20);
        var statuses = new Queue<ushort?>([0xA700, null, 0]);
        await using var peer = ScriptedPeer.ListenForever(Archive(_ => statuses.Dequeue()));
        var report = Assert.Single(await SendAsync(To(peer), large.Save(Folder.Path)));
        Assert.Equal((SendOutcome.Stored, 3), (report.Result!.Outcome, report.Result.Attempts));
        Assert.All(Got, m => Assert.Equal(large.DataSet, m.DataSet));
        Assert.Equal(3, Got.Count);
    }

    [Fact]
    public async Task No_answer_in_time_is_sent_again_once()
    {
        await using var peer = ScriptedPeer.ListenForever(async connection =>
        {
            await connection.AcceptAssociationAsync();
            Got.Enqueue(await connection.ReadMessageAsync());
            await connection.ReadToEndAsync();
        });
        var request = To(peer);
        var reports = await SendAsync(request with { Node = request.Node with { Timeout = TimeSpan.FromSeconds(1) } }, Files(1));
        var report = Assert.Single(reports);
        Assert.Equal((SendOutcome.Failed, 2), (report.Result!.Outcome, report.Result.Attempts));
        Assert.Equal("Store", Assert.IsType<DicomTimeoutException>(report.Error).Operation);
        Assert.Equal(2, Got.Count);
        Assert.Equal("Send.SentAgain", Assert.Single(Log.Warnings).Id);
    }

    [Fact]
    public async Task Only_what_was_not_answered_is_sent_again_and_that_is_told()
    {
        var files = Files(5);
        var answered = 0;
        await using var peer = ScriptedPeer.Listen(Archive(_ => answered++ < 2 ? 0 : null), Archive());
        var reports = await SendAsync(To(peer), files);
        Assert.Equal(files, reports.Select(r => r.Path));
        Assert.All(reports, r => Assert.Equal(SendOutcome.Stored, r.Result!.Outcome));
        Assert.Equal([1, 1, 2, 1, 1], reports.Select(r => r.Result!.Attempts));
        Assert.Equal(6, Got.Count);
        Assert.Equal("Send.SentAgain", Assert.Single(Log.Warnings).Id);
        Assert.Contains(reports[2].Result!.SOPInstanceUID, Assert.Single(Log.Warnings).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_retries_a_loss_costs_the_one_file_that_was_not_answered()
    {
        var files = Files(5);
        var answered = 0;
        await using var peer = ScriptedPeer.Listen(Archive(_ => answered++ < 2 ? 0 : null), Archive());
        var reports = await SendAsync(To(peer, retries: 0), files);
        Assert.Equal([SendOutcome.Stored, SendOutcome.Stored, SendOutcome.Failed, SendOutcome.Stored, SendOutcome.Stored], reports.Select(r => r.Result!.Outcome));
        Assert.Equal(5, Got.Count);
        Assert.IsType<DicomNetworkException>(reports[2].Error);
        Assert.Empty(Log.Warnings);
    }

    [Fact]
    public async Task An_abort_is_final_for_the_file_that_caused_it()
    {
        var files = Files(3);
        await using var peer = ScriptedPeer.Listen(
            async connection =>
            {
                await connection.AcceptAssociationAsync();
                await connection.ReadMessageAsync();
                await connection.SendAsync(RawPdu.Abort());
            },
            Archive());
        var reports = await SendAsync(To(peer), files);
        Assert.Equal([SendOutcome.Failed, SendOutcome.Stored, SendOutcome.Stored], reports.Select(r => r.Result!.Outcome));
        Assert.IsType<AssociationAbortedException>(reports[0].Error);
        Assert.Equal(2, Got.Count);
    }

    [Fact]
    public async Task An_archive_that_stays_away_keeps_what_it_acknowledged()
    {
        var files = Files(4);
        var answered = 0;
        var peer = ScriptedPeer.Listen(Archive(_ => answered++ < 2 ? 0 : null));
        var closing = Task.Run(async () =>
        {
            await PacsTools.TestKit.Eventually.TrueAsync(() => Got.Count == 3, "three requests");
            await peer.DisposeAsync();
        });
        var reports = await SendAsync(To(peer, retries: 1), files);
        await closing;
        Assert.Equal([SendOutcome.Stored, SendOutcome.Stored, SendOutcome.Failed, SendOutcome.Failed], reports.Select(r => r.Result!.Outcome));
        Assert.Equal([1, 1, 1, 0], reports.Select(r => r.Result!.Attempts));
    }

    [Fact]
    public async Task An_association_that_the_archive_ended_between_files_is_replaced_at_no_cost()
    {
        var files = Files(2);
        await using var peer = ScriptedPeer.Listen(
            async connection =>
            {
                await connection.AcceptAssociationAsync();
                var message = await connection.ReadMessageAsync();
                Got.Enqueue(message);
                await connection.SendMessageAsync(message.ContextId, message.Command.Response(0));
                await connection.SendAsync(RawPdu.Release);
                await connection.ReadToEndAsync();
            },
            Archive());
        var reports = await SendAsync(To(peer, retries: 1), files);
        Assert.All(reports, r => Assert.Equal(SendOutcome.Stored, r.Result!.Outcome));
        Assert.Equal(files, reports.Select(r => r.Path));
    }

    [Fact]
    public async Task A_rejected_association_fails_every_file_with_its_reason()
    {
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            await connection.ExpectAsync(RawPdu.AssociateRq);
            await connection.SendAsync(RawPdu.Reject(1, 1, 7));
        });
        var reports = await SendAsync(To(peer), Files(3));
        Assert.Equal(3, reports.Count);
        Assert.All(reports, r => Assert.IsType<AssociationRejectedException>(r.Error));
        Assert.Equal(1, peer.Accepted);
    }
}
