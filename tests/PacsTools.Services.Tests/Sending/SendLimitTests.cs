using System.Diagnostics;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Sending;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Services.Tests.Sending;

/// <summary>Bounds of the peer's and of the user's: PDU lengths and bytes a second.</summary>
public sealed class SendLimitTests : SendTestBase
{
    // 8 is the least that holds two bytes; a fragment is never odd, so that less cannot be honoured.
    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(15)]
    [InlineData(1001)]
    [InlineData(4096)]
    [InlineData(16384)]
    [InlineData(131072)]
    [InlineData(1 << 20)]
    [InlineData(uint.MaxValue)]
    public async Task No_pdu_is_longer_than_the_archive_takes(uint max)
    {
        var sent = TestStudy.CreateOne(new TestStudyOptions { Rows = max is > 0 and < 100 ? 4 : 500, Columns = max is > 0 and < 100 ? 4 : 500 });
        List<RawPdv> pdvs = [];
        List<int> lengths = [];
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            await connection.AcceptAssociationAsync(c => new RawContextAnswer(c.Id, 0, c.TransferSyntaxes[0]), max);
            do
            {
                var pdu = await connection.ExpectAsync(RawPdu.Data);
                lengths.Add(pdu.Body.Length);
                pdvs.AddRange(pdu.ReadPdvs());
            }
            while (!pdvs[^1].IsLast || pdvs[^1].IsCommand);
            var command = RawCommand.Parse([.. pdvs.Where(p => p.IsCommand).SelectMany(p => p.Payload)]);
            await connection.SendMessageAsync(pdvs[0].ContextId, command.Response(0));
            await connection.AnswerReleaseAsync();
        });
        var report = Assert.Single(await SendAsync(To(peer), sent.Save(Folder.Path)));
        Assert.Equal(SendOutcome.Stored, report.Result!.Outcome);
        Assert.Equal(sent.DataSet, pdvs.Where(p => !p.IsCommand).SelectMany(p => p.Payload));
        var limit = max == 0 ? uint.MaxValue : Math.Max(max, 8);
        Assert.All(lengths, l => Assert.InRange((uint)l, 8u, limit));
        Assert.All(pdvs, p => Assert.Equal(0, p.Payload.Length % 2));
        // And as long as it may be, up to our own limit: nobody gains by short ones.
        Assert.True(lengths.Max() >= Math.Min(limit - 1, Math.Min(262144, sent.DataSet.Length)));
    }

    [Fact]
    public async Task The_rate_is_shared_and_never_exceeded()
    {
        const long rate = 400_000;
        var files = TestStudy.Save(new TestStudyOptions { Instances = 4, Rows = 200, Columns = 200 }, Folder["paced"]);
        var bytes = files.Sum(f => (long)TestInstance.DataSetOf(f).Length);
        await using var peer = ScriptedPeer.ListenForever(Archive());
        var watch = Stopwatch.StartNew();
        var reports = await SendAsync(To(peer, associations: 2) with { Rate = new RateLimit(rate) }, files);
        Assert.All(reports, r => Assert.Equal(SendOutcome.Stored, r.Result!.Outcome));
        // A quarter of a second's bytes may go at once.
        Assert.True(watch.Elapsed.TotalSeconds > ((double)bytes / rate) - 0.3, $"{bytes} bytes took {watch.Elapsed}");
    }

    [Fact]
    public async Task Who_waits_for_the_rate_can_be_stopped()
    {
        await using var peer = ScriptedPeer.ListenForever(Archive());
        using var stop = new CancellationTokenSource();
        var paths = System.Threading.Channels.Channel.CreateUnbounded<string>();
        paths.Writer.TryWrite(TestStudy.CreateOne(new TestStudyOptions()).Save(Folder.Path));
        await using var reports = new FileSender().SendAsync(To(peer) with { Rate = new RateLimit(1) }, paths.Reader, Log, stop.Token).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var next = reports.MoveNextAsync().AsTask();
        await PacsTools.TestKit.Eventually.TrueAsync(() => !Requests.IsEmpty, "an association");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.WaitAsync(TimeSpan.FromSeconds(20)));
    }
}
