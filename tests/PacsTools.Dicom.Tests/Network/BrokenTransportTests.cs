using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;
using PacsTools.TestKit.Security;
using static PacsTools.Dicom.Tests.Network.NetworkFixtures;

namespace PacsTools.Dicom.Tests.Network;

/// <summary>A transport that fails while the association is being ended: the first reason stands, and nothing is left open.</summary>
public sealed class BrokenTransportTests
{
    [Fact]
    public void What_TLS_says_while_the_peers_close_is_awaited_is_not_the_reason()
    {
        var transport = new Transport(reads: [buffer => Put(buffer, "RUBBISH!"), _ => throw new TlsException(TlsFailure.ClientCertificateRejected, "too late")]);
        Assert.Throws<DicomProtocolException>(() => Association.Request(transport, Options(1)));
        Assert.True(transport.IsDisposed);
        Assert.Equal(2, transport.Reads);
    }

    [Fact]
    public void What_TLS_says_of_an_abort_is_not_the_reason()
    {
        Association? association = null;
        Exception? thrown = null;
        Transport? transport = null;
        transport = new Transport(reads: [_ =>
        {
            transport!.WriteFault = new TlsException(TlsFailure.ClientCertificateRejected, "too late");
            thrown = Record.Exception(() => association!.Abort());
            return 0;
        }]);
        Assert.Throws<AssociationAbortedException>(() => Association.Request(transport, Options(1) with { Observe = a => (association = a, new Observer()).Item2 }));
        Assert.Null(thrown);
        Assert.True(transport.IsDisposed);
    }

    [Fact]
    public async Task TLS_that_was_shut_down_is_a_lost_connection_to_whoever_writes()
    {
        using var authority = new TestAuthority();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var near = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await near.ConnectAsync(listener.LocalEndpoint, TestContext.Current.CancellationToken);
        using var far = new SslStream(new NetworkStream(await listener.AcceptSocketAsync(TestContext.Current.CancellationToken), ownsSocket: true));
        Task served = far.AuthenticateAsServerAsync(authority.Issue().Certificate);
        using TlsTransport transport = await Run(() => TlsHandshake.AsClient(
            new SocketTransport(near), new TlsClientOptions { Trust = new TlsTrust { Authorities = [authority.Certificate] } }, "localhost", "peer"));
        await served;
        transport.Write([1, 2]);
        transport.ShutdownSend();
        Assert.Throws<IOException>(() => transport.Write([3, 4]));
    }

    private static int Put(Span<byte> buffer, string text) => System.Text.Encoding.ASCII.GetBytes(text, buffer);

    private delegate int Read(Span<byte> buffer);

    private sealed class Observer : AssociationObserver;

    private sealed class Transport(Read[] reads) : ByteTransport
    {
        public int Reads { get; private set; }

        public bool IsDisposed { get; private set; }

        public Exception? WriteFault { get; set; }

        public override EndPoint? RemoteEndPoint => null;

        public override bool CanReadNow => true;

        public override int Read(Span<byte> buffer) => Reads < reads.Length ? reads[Reads++](buffer) : 0;

        public override void Write(ReadOnlySpan<byte> bytes)
        {
            if (WriteFault is not null)
                throw WriteFault;
        }

        public override void ShutdownSend()
        {
        }

        public override void ShutdownBoth()
        {
        }

        public override void Dispose() => IsDisposed = true;
    }
}
