using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using PacsTools.Benchmarks.Children;

namespace PacsTools.Benchmarks.Roles;

/// <summary>The floor's sender: the same bytes over a plain socket, each file after its length, one byte back for each. Job: ready or send; port, file.</summary>
internal sealed class FloorSenderRole : IRole
{
    private readonly Dictionary<string, EncodedFile> _files = new(StringComparer.Ordinal);

    public Task<Answer> DoAsync(string[] words)
    {
        if (!_files.TryGetValue(words[2], out EncodedFile? file))
            _files[words[2]] = file = new EncodedFile(words[2]);
        if (words[0] == "ready")
            return Task.FromResult(new Answer());
        Span<byte> length = stackalloc byte[8];
        long start = Stopwatch.GetTimestamp();
        using var connection = new RawConnection(int.Parse(words[1], CultureInfo.InvariantCulture));
        for (int i = 0; i < file.Count; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(length, file.LengthOf(i));
            connection.Send(length);
            file.Send(i, connection);
            connection.ReadByte();
        }
        return Task.FromResult(new Answer(("seconds", Stopwatch.GetElapsedTime(start).TotalSeconds)));
    }
}
