using PacsTools.Services.Retrieve;
using PacsTools.Services.Storage;
using PacsTools.Services.Tests.Storage;
using PacsTools.TestKit.Data;

namespace PacsTools.Services.Tests.Retrieve;

/// <summary>Archives that answer a C-MOVE in order and send what they should not, as often as they should not. What they count proves nothing.</summary>
public sealed class HostileMoveTests : RetrieveTestBase
{
    [Fact]
    public async Task The_same_instance_over_and_over_is_one_instance_and_no_complete_study()
    {
        var instances = Instances(1);
        using var archive = new FakeArchive(move =>
        {
            move.Store(Scp.Port, Enumerable.Repeat(instances[0], 200));
            move.Final(0, completed: 200);
        });
        var report = await Report(Request(archive, instances));
        Assert.Equal((false, 200, 1, 199), (report.Complete, report.Expected, report.Stored, report.Missing));
        Assert.Single(report.Instances);
        AssertHere(instances);
    }

    [Fact]
    public async Task Ever_new_data_sets_under_one_UID_are_kept_up_to_a_bound_and_are_one_instance()
    {
        const int Kept = InstanceFileWriter.MostOfOneName, Refused = 10;
        var instances = Instances(1);
        using var archive = new FakeArchive(move =>
        {
            // Another last byte each time: of one length, and different.
            var statuses = move.Store(Scp.Port, Enumerable.Range(0, Kept + Refused).Select(i => instances[0] with { DataSet = [.. instances[0].DataSet[..^2], (byte)i, (byte)(i >> 8)] }));
            Assert.Equal([.. Enumerable.Repeat((ushort)0, Kept), .. Enumerable.Repeat((ushort)0x0110, Refused)], statuses);
            move.Final(0xB000, completed: Kept, failed: Refused);
        });
        var report = await Report(Request(archive, instances));
        Assert.False(report.Complete);
        Assert.Equal(Kept, Files().Count);
        Assert.DoesNotContain(Files(), f => f.EndsWith(".part", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Instances_of_another_study_are_refused_and_the_archives_success_is_none()
    {
        var instances = Instances(1);
        var foreign = Instances(20, seed: 2);
        List<ushort> statuses = [];
        using var archive = new FakeArchive(move =>
        {
            statuses = move.Store(Scp.Port, foreign);
            move.Final(0, completed: foreign.Count);
        });
        var report = await Pass(Start(Request(archive, instances)).DrainAsync());
        Assert.All(statuses, status => Assert.Equal(0x0124, status));
        Assert.False(report.Complete);
        Assert.IsType<RetrieveException>(report.Error);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task An_association_for_every_instance_none_of_them_released_hold_nothing_up()
    {
        var instances = Instances(20);
        var clients = new List<StoreClient>();
        using var archive = new FakeArchive(move =>
        {
            foreach (var instance in instances)
            {
                clients.Add(StoreClient.Open(Scp.Port, instance));
                Assert.Equal(0, clients[^1].Store(instance, move.Originator, move.Request.MessageId).Status);
            }

            move.Final(0, completed: instances.Count);
        });
        var report = await Report(Request(archive, instances));
        Assert.Equal((true, 20), (report.Complete, report.Stored));
        AssertHere(instances);
        foreach (var client in clients)
            client.Association.Abort();
    }

    [Fact]
    public async Task What_comes_when_the_retrieve_is_over_is_refused_and_changes_nothing()
    {
        var instances = Instances(3);
        FakeMove? seen = null;
        using var archive = new FakeArchive(move =>
        {
            move.Store(Scp.Port, instances.Take(2));
            seen = move;
            move.Final(0, completed: 2);
        });
        var report = await Report(Request(archive, instances));
        Assert.Equal([(ushort)0x0124, (ushort)0x0124], seen!.Store(Scp.Port, instances.Skip(1)));
        Assert.Equal(2, report.Stored);
        AssertHere([.. instances.Take(2)]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(null)]
    public async Task Success_without_an_instance_is_an_error(int? counted)
    {
        using var archive = new FakeArchive(move => move.Final(0, completed: counted));
        var report = await Pass(Start(Request(archive, Instances(1))).DrainAsync());
        Assert.Equal("Retrieve.NothingSent", Assert.IsType<RetrieveException>(report.Error).Id);
        Assert.False(report.Complete);
    }
}
