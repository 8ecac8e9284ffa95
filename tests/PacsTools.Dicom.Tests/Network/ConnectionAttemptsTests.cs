using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using PacsTools.Dicom.Network;
using static PacsTools.Dicom.Tests.Network.NetworkFixtures;

namespace PacsTools.Dicom.Tests.Network;

/// <summary>Hosts with several addresses, of which some lead nowhere.</summary>
public sealed class ConnectionAttemptsTests : IDisposable
{
    // Documentation addresses (RFC 5737): nothing is ever sent there.
    private static readonly IPAddress s_silent = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress s_alsoSilent = IPAddress.Parse("192.0.2.2");
    private static readonly IPAddress s_refusing = IPAddress.Parse("192.0.2.3");
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly SemaphoreSlim _asked = new(0);
    private readonly List<Socket> _silent = [];

    public ConnectionAttemptsTests() => _listener.Start();

    public void Dispose() => _listener.Stop();

    [Fact]
    public async Task An_address_that_swallows_everything_costs_a_moment_and_not_all_the_time()
    {
        var connecting = Run(() => Attempts(s_silent, IPAddress.Loopback).Run(CancellationToken.None));
        await Asked();
        _time.Advance(ConnectionAttempts.Delay - TimeSpan.FromMilliseconds(1));
        Assert.False(connecting.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        using var socket = await connecting.WaitAsync(s_bound);
        Assert.True(socket.Connected && socket.Blocking);
        Assert.Equal(_listener.LocalEndpoint, socket.RemoteEndPoint);
        Assert.All(_silent, s => Assert.True(s.SafeHandle.IsClosed));
    }

    [Fact]
    public async Task Each_of_several_costs_another()
    {
        var connecting = Run(() => Attempts(s_silent, s_alsoSilent, IPAddress.Loopback).Run(CancellationToken.None));
        await Asked();
        _time.Advance(ConnectionAttempts.Delay);
        await Asked();
        Assert.False(connecting.IsCompleted);
        _time.Advance(ConnectionAttempts.Delay);
        using var socket = await connecting.WaitAsync(s_bound);
        Assert.Equal(_listener.LocalEndpoint, socket.RemoteEndPoint);
        Assert.Equal(2, _silent.Count);
        Assert.All(_silent, s => Assert.True(s.SafeHandle.IsClosed));
    }

    [Fact]
    public void One_that_refuses_costs_nothing()
    {
        using var socket = Attempts(s_refusing, IPAddress.Loopback).Run(CancellationToken.None);
        Assert.Equal(_listener.LocalEndpoint, socket.RemoteEndPoint);
    }

    [Fact]
    public void A_refusal_is_told_rather_than_what_else_went_wrong()
    {
        var attempts = new ConnectionAttempts([s_silent, s_refusing, s_alsoSilent], 104, _time, (_, to) => throw new SocketException((int)(
            to.Address.Equals(s_refusing) ? SocketError.ConnectionRefused : SocketError.NetworkUnreachable)));
        Assert.Equal(SocketError.ConnectionRefused, Assert.Throws<SocketException>(() => attempts.Run(CancellationToken.None)).SocketErrorCode);
    }

    [Fact]
    public async Task Cancelling_ends_all_of_them()
    {
        using var stop = new CancellationTokenSource();
        var connecting = Run(() => Attempts(s_silent, s_alsoSilent).Run(stop.Token));
        await Asked();
        _time.Advance(ConnectionAttempts.Delay);
        await Asked();
        await stop.CancelAsync();
        var e = await Assert.ThrowsAsync<OperationCanceledException>(() => connecting.WaitAsync(s_bound));
        Assert.Equal(stop.Token, e.CancellationToken);
        Assert.All(_silent, s => Assert.True(s.SafeHandle.IsClosed));
    }

    [Fact]
    public void A_host_without_an_address_is_none() =>
        Assert.Throws<SocketException>(() => TcpConnector.Connect([], 104, _time, CancellationToken.None));

    private async Task Asked() => Assert.True(await _asked.WaitAsync(s_bound));

    private ConnectionAttempts Attempts(params IPAddress[] addresses) => new(addresses, ((IPEndPoint)_listener.LocalEndpoint).Port, _time, Connect);

    private void Connect(Socket socket, IPEndPoint to)
    {
        if (to.Address.Equals(s_refusing))
        {
            throw new SocketException((int)SocketError.ConnectionRefused);
        }

        if (to.Address.Equals(IPAddress.Loopback))
        {
            socket.Connect(to);
            return;
        }

        // As a connect does whose packets nobody answers: it returns when its socket is disposed.
        lock (_silent)
        {
            _silent.Add(socket);
        }

        _asked.Release();
        SpinWait.SpinUntil(() => socket.SafeHandle.IsClosed);
        throw new ObjectDisposedException(nameof(Socket));
    }
}
