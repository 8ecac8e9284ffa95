using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;
using PacsTools.TestKit;
using PacsTools.TestKit.Scripting;
using static PacsTools.Dicom.Tests.Network.NetworkFixtures;

namespace PacsTools.Dicom.Tests.Network;

public class ReleaseTests
{
    [Fact]
    public async Task Data_on_its_way_after_our_release_is_drained()
    {
        await using var peer = ScriptedPeer.Listen(async c =>
        {
            await c.AcceptAssociationAsync();
            await c.ExpectAsync(RawPdu.ReleaseRq);
            await c.SendMessageAsync(1, RawCommand.Request(RawCommand.CEchoRq, 1, DicomUids.Verification));
            await c.SendAsync(RawPdu.ReleaseReply);
        });
        await Run(() => Assert.True(Association.Request(Options(peer.Port)).Release()));
    }

    [Fact]
    public async Task In_a_collision_the_requestor_confirms_first()
    {
        await using var peer = ScriptedPeer.Listen(async c =>
        {
            await c.AcceptAssociationAsync();
            await c.ExpectAsync(RawPdu.ReleaseRq);
            await c.SendAsync(RawPdu.Release);
            await c.ExpectAsync(RawPdu.ReleaseRp);
            await c.SendAsync(RawPdu.ReleaseReply);
            Assert.Empty(await c.ReadToEndAsync());
        });
        await Run(() => Assert.True(Association.Request(Options(peer.Port)).Release()));
        await peer.Completion;
    }

    [Fact]
    public async Task In_a_collision_the_acceptor_waits_for_the_requestor()
    {
        var released = new TaskCompletionSource<bool>();
        using var listener = Listen(a => released.SetResult(a.Release()));
        await using var c = await ScriptedConnection.ConnectAsync(listener.Port);
        await c.RequestAssociationAsync(new RawAssociate { Contexts = [new RawContext(1, DicomUids.Verification, [RawAssociate.ImplicitLittleEndian])] });
        await c.SendAsync(RawPdu.Release);
        await c.ExpectAsync(RawPdu.ReleaseRq);
        await c.SendAsync(RawPdu.ReleaseReply);
        await c.ExpectAsync(RawPdu.ReleaseRp);
        Assert.True(await released.Task.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task A_peer_that_releases_between_messages_is_answered()
    {
        await using var peer = ScriptedPeer.Listen(async c =>
        {
            await c.AcceptAssociationAsync();
            await c.ReleaseAsync();
        });
        await Run(() =>
        {
            using var a = Association.Request(Options(peer.Port));
            Assert.Null(a.Receive());
            Assert.False(a.IsUsable);
            Assert.ThrowsAny<DicomException>(() => a.Send(a.GetContext(DicomUids.Verification), new CEchoRequest(1).ToCommandSet()));
        });
        await peer.Completion;
    }

    [Fact]
    public async Task A_peer_that_aborts_or_closes_in_answer_to_a_release_is_no_error()
    {
        await using var peer = ScriptedPeer.Listen(
            async c =>
            {
                await c.AcceptAssociationAsync();
                await c.ExpectAsync(RawPdu.ReleaseRq);
                await c.SendAsync(RawPdu.Abort());
            },
            async c =>
            {
                await c.AcceptAssociationAsync();
                await c.ExpectAsync(RawPdu.ReleaseRq);
                c.Reset();
            });
        await Run(() =>
        {
            Assert.False(Association.Request(Options(peer.Port)).Release());
            Assert.False(Association.Request(Options(peer.Port)).Release());
        });
    }

    // PS3.8 9.2.3: Sta7 before and after the peer's own request, Sta9 and Sta11 of the requestor; then the same of an acceptor that releases, Sta7, Sta10 and Sta12.
    [Theory]
    [InlineData(true, "")]
    [InlineData(true, "Q")]
    [InlineData(true, "QE")]
    [InlineData(true, "D")]
    [InlineData(true, "DQE")]
    [InlineData(false, "")]
    [InlineData(false, "Q")]
    [InlineData(false, "QE")]
    [InlineData(false, "QP")]
    [InlineData(false, "D")]
    public async Task A_reset_in_any_state_of_a_release_or_of_a_collision_is_no_error_and_leaves_nothing(bool isRequestor, string before)
    {
        var released = new TaskCompletionSource<Association>();
        if (isRequestor)
        {
            await using var peer = ScriptedPeer.Listen(async c =>
            {
                await c.AcceptAssociationAsync();
                await GoOnAsync(c);
            });
            var association = Association.Request(Options(peer.Port));
            await Run(() => Assert.False(association.Release()));
            await peer.Completion;
            Assert.IsAssignableFrom<DicomException>(association.Failure);
            return;
        }

        using var listener = Listen(a =>
        {
            a.Release();
            released.SetResult(a);
        });
        await using var client = await ScriptedConnection.ConnectAsync(listener.Port);
        await client.RequestAssociationAsync(new RawAssociate { Contexts = [new RawContext(1, DicomUids.Verification, [RawAssociate.ImplicitLittleEndian])] });
        await GoOnAsync(client);
        await released.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await Eventually.TrueAsync(() => listener is { OpenConnections: 0, ActiveAssociations: 0 }, "nothing of it is left");

        async Task GoOnAsync(ScriptedConnection c)
        {
            await c.ExpectAsync(RawPdu.ReleaseRq);
            foreach (var step in before)
            {
                switch (step)
                {
                    case 'Q':
                        await c.SendAsync(RawPdu.Release);
                        break;
                    case 'P':
                        await c.SendAsync(RawPdu.ReleaseReply);
                        break;
                    case 'D':
                        await c.SendMessageAsync(1, RawCommand.Request(RawCommand.CEchoRq, 1, DicomUids.Verification));
                        break;
                    case 'E' when isRequestor:
                        await c.ExpectAsync(RawPdu.ReleaseRp);
                        break;
                }
            }

            c.Reset();
        }
    }

    [Fact]
    public async Task Disposing_an_open_association_aborts_it_and_the_first_reason_stays()
    {
        await using var peer = ScriptedPeer.Listen(async c =>
        {
            await c.AcceptAssociationAsync();
            Assert.Equal(RawPdu.AbortPdu, (await c.ReadPduAsync()).Type);
        });
        await Run(() =>
        {
            var a = Association.Request(Options(peer.Port));
            a.Dispose();
            var first = Assert.IsType<AssociationAbortedException>(a.Failure);
            Assert.False(first.ByPeer);
            Assert.Same(first, Assert.Throws<AssociationAbortedException>(() => a.Receive()));
        });
        await peer.Completion;
    }
}
