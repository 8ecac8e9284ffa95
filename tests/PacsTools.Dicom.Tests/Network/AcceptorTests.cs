using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;
using PacsTools.TestKit;
using PacsTools.TestKit.Processes;
using PacsTools.TestKit.Scripting;
using PacsTools.TestKit.Security;
using static PacsTools.Dicom.Tests.Network.NetworkFixtures;

namespace PacsTools.Dicom.Tests.Network;

public class AcceptorTests
{
    private static readonly RawAssociate Request = new() { Contexts = [new RawContext(1, DicomUids.Verification, [RawAssociate.ImplicitLittleEndian])] };

    [Fact]
    public async Task A_rejection_can_be_read_before_the_connection_closes()
    {
        using var listener = Listen(_ => { }, o => o with { OnRequest = _ => AcceptDecision.RejectCalledAETitle() });
        await using var c = await ScriptedConnection.ConnectAsync(listener.Port);
        var answer = await c.RequestAssociationAsync(Request);
        Assert.Equal(new byte[] { 0, 1, 1, 7 }, answer.Body);
        Assert.Empty(await c.ReadToEndAsync());
    }

    [Fact]
    public async Task Over_the_limit_is_rejected_as_transient_and_the_place_is_free_again_after_a_release()
    {
        using var listener = Listen(a => Assert.Null(a.Receive()), o => o with { MaxAssociations = 1 });
        await using var first = await ScriptedConnection.ConnectAsync(listener.Port);
        Assert.Equal(RawPdu.AssociateAc, (await first.RequestAssociationAsync(Request)).Type);
        await using (var second = await ScriptedConnection.ConnectAsync(listener.Port))
        {
            Assert.Equal(new byte[] { 0, 2, 3, 2 }, (await second.RequestAssociationAsync(Request)).Body);
        }

        await first.ReleaseAsync();
        await Eventually.TrueAsync(() => listener.ActiveAssociations == 0, "the released association is no longer counted");
        await using var third = await ScriptedConnection.ConnectAsync(listener.Port);
        Assert.Equal(RawPdu.AssociateAc, (await third.RequestAssociationAsync(Request)).Type);
    }

    [Fact]
    public async Task Version_bit_0_alone_counts()
    {
        using var listener = Listen(a => a.Receive());
        var bytes = Request.ToRequest().ToBytes();
        (bytes[6], bytes[7]) = (0x80, 0x03);
        await using (var c = await ScriptedConnection.ConnectAsync(listener.Port))
        {
            await c.SendAsync(bytes);
            Assert.Equal(RawPdu.AssociateAc, (await c.ReadPduAsync()).Type);
        }

        (bytes[6], bytes[7]) = (0x00, 0x02);
        await using (var c = await ScriptedConnection.ConnectAsync(listener.Port))
        {
            await c.SendAsync(bytes);
            Assert.Equal(new byte[] { 0, 1, 2, 2 }, (await c.ReadPduAsync()).Body);
        }
    }

    [Fact]
    public async Task A_peer_that_never_asks_is_closed_by_ARTIM()
    {
        var time = new FakeTimeProvider();
        var failures = new List<Exception>();
        using var listener = Listen(_ => { }, o => o with { TimeProvider = time }, failures);
        await using var c = await ScriptedConnection.ConnectAsync(listener.Port);
        var end = c.ReadToEndAsync();
        while (!end.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        await end;
        await Eventually.TrueAsync(() => failures.Count == 1, "the failure is reported");
        Assert.IsType<DicomTimeoutException>(failures[0]);
    }

    // PS3.8 Table 9-10, AA-2: no word, since nothing has been said.
    [Fact]
    public async Task ARTIM_closes_without_an_A_ABORT()
    {
        var time = new FakeTimeProvider();
        using var listener = Listen(_ => { }, o => o with { TimeProvider = time });
        await using var c = await ScriptedConnection.ConnectAsync(listener.Port);
        var all = c.ReadToEndAsync();
        while (!all.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        Assert.Empty(await all);
    }

    [Fact]
    public async Task A_PDU_that_does_not_belong_is_told_from_one_that_does_not_exist()
    {
        using var listener = Listen(a => a.Receive());
        foreach (var (type, reason) in new[] { (RawPdu.ReleaseRp, (byte)2), ((byte)9, (byte)1) })
        {
            await using var c = await ScriptedConnection.ConnectAsync(listener.Port);
            await c.RequestAssociationAsync(Request);
            await c.SendAsync(new RawPdu(type, [0, 0, 0, 0]));
            Assert.Equal(new byte[] { 0, 0, 2, reason }, (await c.ReadPduAsync()).Body);
        }
    }

    [Fact]
    public async Task A_crowd_of_the_silent_keeps_nobody_out()
    {
        var failures = new List<Exception>();
        using var listener = Listen(a => Assert.Null(a.Receive()), o => o with { MaxAssociations = 1 }, failures);
        var silent = new List<ScriptedConnection>();
        for (var i = 0; i < 70; i++)
        {
            silent.Add(await ScriptedConnection.ConnectAsync(listener.Port));
        }

        await using var honest = await ScriptedConnection.ConnectAsync(listener.Port);
        Assert.Equal(RawPdu.AssociateAc, (await honest.RequestAssociationAsync(Request)).Type);
        Assert.Empty(await silent[0].ReadToEndAsync());
        await Eventually.TrueAsync(() => failures.Count > 0, "those that had to go are told of");
        Assert.Contains("made room", Assert.IsType<DicomNetworkException>(failures[0]).Message);
        foreach (var connection in silent)
        {
            await connection.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_peer_that_never_releases_is_aborted_when_idle()
    {
        var time = new FakeTimeProvider();
        using var listener = Listen(a => a.Receive(), o => o with { TimeProvider = time });
        await using var c = await ScriptedConnection.ConnectAsync(listener.Port);
        await c.RequestAssociationAsync(Request);
        var next = c.ReadPduAsync();
        while (!next.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(20));
            await Task.Yield();
        }

        Assert.Equal(RawPdu.AbortPdu, (await next).Type);
    }

    [Fact]
    public async Task Rubbish_is_answered_by_an_abort_and_the_next_peer_is_served()
    {
        var failures = new List<Exception>();
        using var listener = Listen(a => a.Receive(), failures: failures);
        await using (var c = await ScriptedConnection.ConnectAsync(listener.Port))
        {
            await c.SendAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());
            Assert.Equal(RawPdu.AbortPdu, (await c.ReadPduAsync()).Type);
        }

        await using var honest = await ScriptedConnection.ConnectAsync(listener.Port);
        Assert.Equal(RawPdu.AssociateAc, (await honest.RequestAssociationAsync(Request)).Type);
        await honest.ReleaseAsync();
        await Eventually.TrueAsync(() => failures.Count == 1, "the failure is reported");
        Assert.Contains("HTTP", Assert.IsType<DicomProtocolException>(failures[0]).Message);
    }

    [Fact]
    public async Task Stop_frees_the_port_and_aborts_what_is_open()
    {
        var listener = Listen(a => a.Receive());
        await using var c = await ScriptedConnection.ConnectAsync(listener.Port);
        await c.RequestAssociationAsync(Request);
        listener.Stop();
        Assert.Equal(RawPdu.AbortPdu, (await c.ReadPduAsync()).Type);
        using var again = Listen(_ => { }, o => o with { Port = listener.Port });
        Assert.Equal(listener.Port, again.Port);
    }

    [Fact]
    public void A_taken_port_is_named()
    {
        using var listener = Listen(_ => { });
        var e = Assert.Throws<DicomNetworkException>(() => Listen(_ => { }, o => o with { Port = listener.Port }));
        Assert.Equal(NetworkFailure.PortInUse, e.Failure);
        Assert.Contains($"{listener.Port}", e.Message);
    }

    [Fact]
    public async Task What_failed_to_shake_hands_is_not_kept()
    {
        using var authority = new TestAuthority();
        var failures = new List<Exception>();
        using var listener = Listen(_ => { }, o => o with { Tls = new TlsServerOptions { Certificate = authority.Issue().Certificate } }, failures);
        for (var i = 0; i < 3; i++)
        {
            await using var c = await ScriptedConnection.ConnectAsync(listener.Port);
            await c.SendAsync(Request.ToRequest());
            await c.ReadToEndAsync();
        }

        await Eventually.TrueAsync(() => failures.Count == 3, "every handshake has failed");
        await Eventually.TrueAsync(() => listener.OpenConnections == 0, "nothing of them is left");
    }

    // The beginning of a ClientHello, at once or in drops: what moves does not move the end.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_peer_that_stops_or_drips_in_the_middle_of_a_handshake_is_closed_by_ARTIM(bool drips)
    {
        using var authority = new TestAuthority();
        var time = new FakeTimeProvider();
        var failures = new List<Exception>();
        using var listener = Listen(a => a.Receive(), o => o with { TimeProvider = time, Tls = new TlsServerOptions { Certificate = authority.Issue().Certificate } }, failures);
        await using var c = await ScriptedConnection.ConnectAsync(listener.Port);
        await c.SendAsync(new byte[] { 0x16, 3, 1, 2, 0, 1, 0, 1, 0xFC, 3, 3 });
        await Eventually.TrueAsync(() => listener.OpenConnections == 1, "the handshake has begun");
        var end = c.ReadToEndAsync();
        while (!end.IsCompleted)
        {
            if (drips)
            {
                try
                {
                    await c.SendAsync(new byte[1]);
                }
                catch (System.Net.Sockets.SocketException)
                {
                    break;
                }
            }

            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await end;
        await Eventually.TrueAsync(() => failures.Count == 1 && listener.OpenConnections == 0, "it is told of, and nothing is left");
        var honest = await Run(() => Association.Request(Options(listener.Port) with { Tls = new TlsClientOptions { Trust = new TlsTrust { SkipCertificateCheck = true } } }));
        Assert.NotNull(honest.Tls);
        await Run(honest.Release);
    }

    [Fact]
    public void A_certificate_without_a_key_takes_no_port()
    {
        using var authority = new TestAuthority();
        using var bare = X509Certificate2.CreateFromPem(authority.Certificate.ExportCertificatePem());
        var port = LoopbackPort.Take();
        Assert.Throws<NotSupportedException>(() => Listen(_ => { }, o => o with { Port = port, Tls = new TlsServerOptions { Certificate = bare } }));
        using var listener = Listen(_ => { }, o => o with { Port = port });
        Assert.Equal(port, listener.Port);
    }

    [Fact]
    public async Task A_handler_that_throws_concerns_no_other_peer()
    {
        var failures = new List<Exception>();
        using var listener = Listen(_ => throw new InvalidOperationException("handler"), failures: failures);
        for (var i = 0; i < 2; i++)
        {
            await using var c = await ScriptedConnection.ConnectAsync(listener.Port);
            Assert.Equal(RawPdu.AssociateAc, (await c.RequestAssociationAsync(Request)).Type);
            Assert.Equal(RawPdu.AbortPdu, (await c.ReadPduAsync()).Type);
        }

        await Eventually.TrueAsync(() => failures.Count == 2, "both failures are reported");
    }
}
