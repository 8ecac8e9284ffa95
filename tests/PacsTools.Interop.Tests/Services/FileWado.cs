using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PacsTools.Interop.Tests.Services;

/// <summary>Answers WADO-RS with files from disk, one a study, in bounded memory.</summary>
internal sealed class FileWado : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Dictionary<string, string> _files;

    public FileWado(Dictionary<string, string> files)
    {
        _files = files;
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public Uri Base => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/web"));

    public void Dispose() => _listener.Stop();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync();
                NetworkStream stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
                string path = _files[(await reader.ReadLineAsync())!.Split(' ')[1].Split('/')[^1]];
                while (await reader.ReadLineAsync() is { Length: > 0 })
                {
                }
                byte[] before = "--b\r\nContent-Type: application/dicom\r\n\r\n"u8.ToArray(), after = "\r\n--b--\r\n"u8.ToArray();
                await using FileStream file = File.OpenRead(path);
                long length = before.Length + file.Length + after.Length;
                await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Create(
                    CultureInfo.InvariantCulture,
                    $"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: multipart/related; type=\"application/dicom\"; boundary=b\r\nContent-Length: {length}\r\n\r\n")));
                await stream.WriteAsync(before);
                await file.CopyToAsync(stream, 1 << 20);
                await stream.WriteAsync(after);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
            // The test is over.
        }
    }
}
