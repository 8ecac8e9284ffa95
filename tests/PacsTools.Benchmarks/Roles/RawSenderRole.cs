using System.Diagnostics;
using System.Globalization;
using PacsTools.Benchmarks.Children;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Benchmarks.Roles;

/// <summary>A sender that costs nothing: encoded C-STORE requests from memory. Job: ready or send; port, AE title, SOP class, file.</summary>
internal sealed class RawSenderRole : IRole
{
    private readonly Dictionary<string, EncodedFile> _files = new(StringComparer.Ordinal);

    public Task<Answer> DoAsync(string[] words)
    {
        if (!_files.TryGetValue(words[4], out EncodedFile? file))
            _files[words[4]] = file = new EncodedFile(words[4]);
        if (words[0] == "ready")
            return Task.FromResult(new Answer());
        long start = Stopwatch.GetTimestamp();
        using var connection = new RawConnection(int.Parse(words[1], CultureInfo.InvariantCulture));
        connection.Associate(words[2], words[3], RawAssociate.ExplicitLittleEndian);
        for (int i = 0; i < file.Count; i++)
        {
            file.Send(i, connection);
            connection.ReadSuccess();
        }
        connection.Release();
        return Task.FromResult(new Answer(("seconds", Stopwatch.GetElapsedTime(start).TotalSeconds)));
    }
}
