using System.Diagnostics;
using PacsTools.Benchmarks.Running;

namespace PacsTools.Benchmarks.Children;

/// <summary>A child process of this program in one role. It ends when its standard input does, so also when this process is killed.</summary>
internal sealed class Child : IAsyncDisposable
{
    public const string Argument = "--role";
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(20);
    private readonly Process _process;
    private readonly BenchRun _run;
    private readonly string _role;
    private long _peakAtReady;
    private long _peak;

    private Child(BenchRun run, string role, Process process)
    {
        _run = run;
        _role = role;
        _process = process;
    }

    public static async Task<Child> StartAsync(BenchRun run, string role)
    {
        var info = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        // Under "dotnet PacsTools.Benchmarks.dll" the program is the assembly.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
            info.ArgumentList.Add(typeof(Child).Assembly.Location);
        info.ArgumentList.Add(Argument);
        info.ArgumentList.Add(role);
        var child = new Child(run, role, Process.Start(info)!);
        child._peakAtReady = (await child.ReadAsync("READY ")).Usage.Peak;
        return child;
    }

    /// <summary>Gives a job and waits for its figures.</summary>
    public async Task<Answer> AskAsync(params object[] words)
    {
        await _process.StandardInput.WriteLineAsync(string.Join('\t', words.Select(w => Convert.ToString(w, System.Globalization.CultureInfo.InvariantCulture))));
        await _process.StandardInput.FlushAsync();
        Answer answer = await ReadAsync("DONE ");
        _peak = Math.Max(_peak, answer.Usage.Peak);
        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        if (RoleList.IsProduct(_role) && _peak > 0)
            _run.NoteGrowth(_role, _peak - _peakAtReady);
        _process.StandardInput.Close();
        try
        {
            await _process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(10)).Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }
        _process.Dispose();
    }

    private async Task<Answer> ReadAsync(string expected)
    {
        string? line = await _process.StandardOutput.ReadLineAsync().WaitAsync(Bound);
        return line is not null && line.StartsWith(expected, StringComparison.Ordinal)
            ? Answer.Parse(line[expected.Length..])
            : throw new InvalidOperationException($"The process in the role {_role} said: {line ?? "nothing, and ended"}");
    }
}
