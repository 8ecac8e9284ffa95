using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using PacsTools.Benchmarks.Children;
using PacsTools.Benchmarks.Running;

namespace PacsTools.Benchmarks.Roles;

/// <summary>The floor: a plain socket into files, one byte back for each, nothing looked at. Jobs: start (folder), stop.</summary>
internal sealed class FloorReceiverRole : IRole
{
    private const int BufferLength = 256 * 1024;
    private Thread? _thread;

    public Task<Answer> DoAsync(string[] words)
    {
        if (words[0] == "stop")
        {
            _thread!.Join();
            return Task.FromResult(new Answer());
        }
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        _thread = new Thread(() => Serve(listener, words[1])) { IsBackground = true };
        _thread.Start();
        return Task.FromResult(new Answer(("port", ((IPEndPoint)listener.LocalEndPoint!).Port)));
    }

    private static void Serve(Socket listener, string folder)
    {
        using (listener)
        using (Socket peer = listener.Accept())
        {
            peer.NoDelay = true;
            byte[] buffer = new byte[BufferLength];
            byte[] done = [1];
            int held = 0;
            for (int number = 0; ; number++)
            {
                while (held < 8)
                {
                    int read = peer.Receive(buffer.AsSpan(held));
                    if (read == 0)
                        return;
                    held += read;
                }
                long left = BinaryPrimitives.ReadInt64LittleEndian(buffer);
                int at = 8;
                int file = Posix.CreateFile(Path.Combine(folder, number.ToString(CultureInfo.InvariantCulture)));
                while (left > 0)
                {
                    if (at == held)
                    {
                        held = peer.Receive(buffer);
                        at = 0;
                        if (held == 0)
                            throw new IOException("The connection ended within a file.");
                    }
                    int part = (int)Math.Min(left, held - at);
                    Posix.Write(file, buffer.AsSpan(at, part));
                    at += part;
                    left -= part;
                }
                Posix.CloseFile(file);
                peer.Send(done);
                Buffer.BlockCopy(buffer, at, buffer, 0, held - at);
                held -= at;
            }
        }
    }
}
