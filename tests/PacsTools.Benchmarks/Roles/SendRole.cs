using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using PacsTools.Benchmarks.Children;
using PacsTools.Services;
using PacsTools.Services.Nodes;
using PacsTools.Services.Sending;

namespace PacsTools.Benchmarks.Roles;

/// <summary>The product's sender of files. Job: ready or send; port, AE title, file with one path a line.</summary>
internal sealed class SendRole : IRole
{
    public async Task<Answer> DoAsync(string[] words)
    {
        string[] paths = await File.ReadAllLinesAsync(words[3]);
        if (words[0] == "ready")
            return new Answer();
        var node = new PacsNode { HostName = "127.0.0.1", Port = int.Parse(words[1], CultureInfo.InvariantCulture), CalledAETitle = words[2] };
        long start = Stopwatch.GetTimestamp();
        var queue = Channel.CreateUnbounded<string>();
        foreach (string path in paths)
            queue.Writer.TryWrite(path);
        queue.Writer.Complete();
        int stored = 0;
        await foreach (SendReport report in new FileSender().SendAsync(new SendRequest { Node = node }, queue.Reader, NoJobLog.Instance))
        {
            if (report.Result is not { Outcome: SendOutcome.Stored })
                throw new InvalidOperationException($"A file was not stored: {report.Error?.Message ?? report.Result?.Reason}");
            stored++;
        }
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return stored == paths.Length ? new Answer(("seconds", seconds)) : throw new InvalidOperationException($"{stored} of {paths.Length} files have an end.");
    }
}
