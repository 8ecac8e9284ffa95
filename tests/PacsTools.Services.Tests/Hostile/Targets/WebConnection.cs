using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace PacsTools.Services.Tests.Hostile;

/// <summary>A connection to the simulator's DICOMweb on which anything can be sent.</summary>
internal sealed class WebConnection : IAsyncDisposable
{
    private readonly SimulatorTarget _target;
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    private WebConnection(SimulatorTarget target) => _target = target;

    public static async Task<WebConnection> ConnectAsync(SimulatorTarget target)
    {
        var connection = new WebConnection(target);
        target.ConnectionsBeside++;
        await connection._socket.ConnectAsync("127.0.0.1", target.WebPort);
        return connection;
    }

    /// <summary>Sends, as far as the server listens.</summary>
    /// <returns>False if it does not any more.</returns>
    public async Task<bool> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                var count = await _socket.SendAsync(bytes).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
                _target.SentBeside += count;
                bytes = bytes[count..];
            }

            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public Task<bool> SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Sends, and tells the statuses of everything that is answered until the server closes; what there is none is closed.</summary>
    public async Task<string> AskAsync(string text)
    {
        await SendAsync(text);
        return await StatusesAsync();
    }

    public async Task<string> StatusesAsync()
    {
        using var all = new MemoryStream();
        var buffer = new byte[64 << 10];
        try
        {
            for (int read; (read = await _socket.ReceiveAsync(buffer).WaitAsync(TimeSpan.FromSeconds(20))) > 0;)
                all.Write(buffer, 0, read);
        }
        catch (SocketException)
        {
            // Closed on bytes it did not want.
        }

        string[] statuses = [.. Regex.Matches(Encoding.Latin1.GetString(all.ToArray()), "HTTP/1.1 ([0-9]+) ").Select(m => m.Groups[1].Value)];
        return statuses.Length == 0 ? Heard.Closed : string.Join(", ", statuses.Distinct());
    }

    /// <summary>Waits for a first piece of an answer.</summary>
    public async Task ReadAsync() => Assert.True(await _socket.ReceiveAsync(new byte[1024]).WaitAsync(TimeSpan.FromSeconds(20)) > 0);

    public void ShutdownSend() => _socket.Shutdown(SocketShutdown.Send);

    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
