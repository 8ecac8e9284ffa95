using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;
using PacsTools.TestKit.Scripting;
using static PacsTools.Dicom.Tests.Network.NetworkFixtures;

namespace PacsTools.Dicom.Tests.Network;

public class RequestorNegotiationTests
{
    [Fact]
    public async Task The_peer_reads_titles_contexts_and_maximum_length()
    {
        RawAssociate? seen = null;
        await using var peer = ScriptedPeer.Listen(async c =>
        {
            seen = await c.AcceptAssociationAsync(maxPduLength: 4096);
            await c.AnswerReleaseAsync();
        });

        await Run(() =>
        {
            using var association = Association.Request(Options(peer.Port));
            Assert.True(association.IsUsable);
            Assert.Equal(4096u, association.PeerMaxPduLength);
            Assert.Equal("SCRIPT_1", association.PeerImplementationVersionName);
            Assert.True(association.Release());
            Assert.False(association.IsUsable);
        });
        Assert.Equal("PEER", seen!.CalledAETitle);
        Assert.Equal("US", seen.CallingAETitle);
        Assert.Equal(262144u, seen.MaxPduLength);
        Assert.Equal(DicomUids.Verification, Assert.Single(seen.Contexts).AbstractSyntax);
    }

    [Theory]
    [InlineData(1, 1, 7, "CalledAENotRecognized", false)]
    [InlineData(1, 1, 3, "CallingAENotRecognized", false)]
    [InlineData(2, 3, 2, "LocalLimitExceeded", true)]
    public async Task A_rejection_is_named(byte result, byte source, byte reason, string name, bool transient)
    {
        await using var peer = ScriptedPeer.Listen(async c =>
        {
            await c.ExpectAsync(RawPdu.AssociateRq);
            await c.SendAsync(RawPdu.Reject(result, source, reason));
            await c.ReadToEndAsync();
        });

        var e = await Assert.ThrowsAsync<AssociationRejectedException>(() => Run(() => Association.Request(Options(peer.Port))));
        Assert.Equal(name, e.ReasonName);
        Assert.Equal(transient, e.IsTransient);
        Assert.Contains($"PEER@127.0.0.1:{peer.Port}", e.Message);
    }

    [Fact]
    public async Task An_abort_instead_of_an_answer_is_the_peers()
    {
        await using var peer = ScriptedPeer.Listen(async c =>
        {
            await c.ExpectAsync(RawPdu.AssociateRq);
            await c.SendAsync(RawPdu.Abort(2, 1));
        });
        var e = await Assert.ThrowsAsync<AssociationAbortedException>(() => Run(() => Association.Request(Options(peer.Port))));
        Assert.True(e.ByPeer);
        Assert.Equal((2, 1), (e.AbortSource, e.Reason));
    }

    [Fact]
    public async Task A_web_server_is_named_as_one()
    {
        await using var peer = ScriptedPeer.Listen(async c =>
        {
            await c.ExpectAsync(RawPdu.AssociateRq);
            await c.SendAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
            await c.ReadToEndAsync();
        });
        var e = await Assert.ThrowsAsync<DicomProtocolException>(() => Run(() => Association.Request(Options(peer.Port))));
        Assert.Contains("HTTP", e.Message);
    }

    [Fact]
    public async Task A_peer_that_closes_at_once_is_a_lost_connection()
    {
        await using var peer = ScriptedPeer.Listen(async c => await c.ExpectAsync(RawPdu.AssociateRq));
        var e = await Assert.ThrowsAsync<DicomNetworkException>(() => Run(() => Association.Request(Options(peer.Port))));
        Assert.Equal(NetworkFailure.ConnectionLost, e.Failure);
        Assert.True(e.IsTransient);
    }

    [Fact]
    public async Task A_closed_port_is_a_refused_connection()
    {
        int port;
        await using (var peer = ScriptedPeer.Listen())
        {
            port = peer.Port;
        }

        var e = await Assert.ThrowsAsync<DicomNetworkException>(() => Run(() => Association.Request(Options(port))));
        Assert.Equal(NetworkFailure.ConnectionRefused, e.Failure);
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_is_told_apart()
    {
        var options = Options(104) with { HostName = "no-such-host.invalid" };
        var e = await Assert.ThrowsAsync<DicomNetworkException>(() => Run(() => Association.Request(options)));
        Assert.Equal(NetworkFailure.NameNotResolved, e.Failure);
    }

    [Fact]
    public async Task Answers_for_ids_never_proposed_are_ignored_and_foreign_syntaxes_refuse_the_context()
    {
        await using var peer = ScriptedPeer.Listen(async c =>
        {
            var request = RawAssociate.Parse(await c.ExpectAsync(RawPdu.AssociateRq));
            var more = request with { Contexts = [.. request.Contexts, new RawContext(99, "1.2.3", ["1.2.840.10008.1.2"])] };
            await c.SendAsync(more.ToAccept(x => x.Id switch
            {
                1 => new RawContextAnswer(1, 0, "1.2.840.10008.1.2.4.50"),
                3 => new RawContextAnswer(3, 3, string.Empty),
                _ => RawAssociate.Accept(x),
            }));
            await c.AnswerReleaseAsync();
        });

        await Run(() =>
        {
            var contexts = new[]
            {
                new ProposedContext(DicomUids.CTImageStorage, [DicomUids.ExplicitVRLittleEndian]),
                new ProposedContext(DicomUids.MRImageStorage, [DicomUids.ExplicitVRLittleEndian]),
                new ProposedContext(DicomUids.Verification, [DicomUids.ImplicitVRLittleEndian]),
            };
            using var association = Association.Request(Options(peer.Port, null, contexts));
            Assert.Equal([4, 3, 0], association.Contexts.Select(c => (int)c.Result));
            Assert.Equal(4, Assert.Throws<NoAcceptedContextException>(() => association.GetContext(DicomUids.CTImageStorage)).Result);
            Assert.Equal(5, association.GetContext(DicomUids.Verification).Id);
            association.Release();
        });
    }

    [Fact]
    public async Task Role_selection_gives_the_requestor_the_scp_role_only_if_granted()
    {
        using var listener = Listen(
            a => a.Receive(),
            o => o with
            {
                OnRequest = r => AcceptDecision.Accept([.. r.Pdu.PresentationContexts.Select(c =>
                    new ContextAnswer(c.Id, 0, c.TransferSyntaxes[0]) { GrantScpRole = c.AbstractSyntax == DicomUids.CTImageStorage })]),
            });
        await Run(() =>
        {
            using var association = Association.Request(Options(
                listener.Port,
                null,
                new ProposedContext(DicomUids.CTImageStorage, [DicomUids.ExplicitVRLittleEndian]) { ScpRole = true, ScuRole = false },
                new ProposedContext(DicomUids.MRImageStorage, [DicomUids.ExplicitVRLittleEndian]) { ScpRole = true }));
            Assert.Equal((false, true), (association.Contexts[0].WeMayBeScu, association.Contexts[0].WeMayBeScp));
            Assert.Equal((true, false), (association.Contexts[1].WeMayBeScu, association.Contexts[1].WeMayBeScp));
            Assert.True(association.Release());
        });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(129)]
    public void No_or_too_many_contexts_are_refused_before_anything_is_sent(int count)
    {
        var options = Options(1) with { Contexts = [.. Enumerable.Range(1, count).Select(i => new ProposedContext($"1.2.{i}", [DicomUids.ImplicitVRLittleEndian]))] };
        Assert.Throws<ArgumentException>(() => Association.Request(options));
    }
}
