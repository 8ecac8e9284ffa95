using System.Diagnostics;
using System.Globalization;
using PacsTools.Benchmarks.Running;
using PacsTools.TestKit.Processes;

namespace PacsTools.Benchmarks.Peers;

/// <summary>A PowerShell with the staged module, which runs one line after the other and tells how long each took and what came out last.</summary>
internal sealed class PwshHost : IAsyncDisposable
{
    private const string Loop = """
        $ErrorActionPreference = 'Stop'; $ProgressPreference = 'SilentlyContinue'
        Import-Module $env:PACSTOOLS_BENCH_MODULE
        [Console]::Out.WriteLine('READY')
        while ($null -ne ($line = [Console]::In.ReadLine())) {
            try {
                $script = [scriptblock]::Create($line)
                $watch = [Diagnostics.Stopwatch]::StartNew()
                $out = . $script
                $seconds = $watch.Elapsed.TotalSeconds
                [Console]::Out.WriteLine([string]::Format([cultureinfo]::InvariantCulture, 'DONE {0} {1}', $seconds, (@($out) | Select-Object -Last 1)))
            } catch { [Console]::Out.WriteLine('FAILED ' + $_) }
        }
        """;

    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(10);
    private readonly Process _process;
    private readonly TemporaryFolder _folder;
    private readonly BenchRun _run;
    private long _peakAtReady;

    private PwshHost(BenchRun run, Process process, TemporaryFolder folder)
    {
        _run = run;
        _process = process;
        _folder = folder;
    }

    /// <summary>The module as it ships, staged by the build; null if it is not there.</summary>
    public static string? Module
    {
        get
        {
            for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
            {
                if (File.Exists(Path.Combine(at.FullName, "PacsTools.sln")))
                    return Directory.EnumerateFiles(Path.Combine(at.FullName, "out", "PacsTools"), "PacsTools.psd1", SearchOption.AllDirectories).FirstOrDefault();
            }
            return null;
        }
    }

    public static async Task<PwshHost> StartAsync(BenchRun run)
    {
        var folder = new TemporaryFolder("pwsh");
        await File.WriteAllTextAsync(folder["loop.ps1"], Loop);
        var info = new ProcessStartInfo(ProgramFinder.Get("pwsh"), ["-NoProfile", "-NonInteractive", "-File", folder["loop.ps1"]])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        info.Environment["PACSTOOLS_BENCH_MODULE"] = Module;
        var host = new PwshHost(run, Process.Start(info)!, folder);
        await host.ReadAsync("READY");
        host._peakAtReady = PeakMemory.Of(host._process.Id);
        return host;
    }

    /// <summary>Runs a line; its seconds and the last object that came out, as text.</summary>
    public async Task<(double Seconds, string Last)> RunAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
        string[] words = (await ReadAsync("DONE ")).Split(' ', 3);
        return (double.Parse(words[1], CultureInfo.InvariantCulture), words[2]);
    }

    /// <summary>Processor seconds and peak memory so far.</summary>
    public ProcessUsage Usage()
    {
        _process.Refresh();
        return new ProcessUsage(_process.TotalProcessorTime.TotalSeconds, PeakMemory.Of(_process.Id), 0);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _run.NoteGrowth("pwsh with the module", PeakMemory.Of(_process.Id) - _peakAtReady);
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
        _folder.Dispose();
    }

    private async Task<string> ReadAsync(string expected)
    {
        string? line = await _process.StandardOutput.ReadLineAsync().WaitAsync(Bound);
        return line is not null && line.StartsWith(expected, StringComparison.Ordinal) ? line : throw new InvalidOperationException($"PowerShell said: {line ?? "nothing, and ended"}");
    }
}
