using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace PacsTools.TestKit.Processes;

/// <summary>
/// A child process whose whole tree dies on dispose, when the test host ends, and (where setsid exists) even when the test
/// host is killed: a small watcher in the child's process group holds the other end of its standard input.
/// </summary>
public sealed partial class ExternalProcess : IAsyncDisposable
{
    // The watcher reads until the test host closes the pipe or dies, then ends its own process group.
    private const string Watcher =
        "exec 3<&0 </dev/null; ( cat <&3; kill -9 0 ) >/dev/null 2>&1 & exec 3<&-; exec \"$@\"";

    private static readonly ConcurrentDictionary<ExternalProcess, byte> Alive = new();
    private readonly Process _process;
    private readonly bool _ownGroup;

    static ExternalProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (ExternalProcess process in Alive.Keys)
            process.Kill();
    };

    private ExternalProcess(Process process, ProcessSpec spec, bool ownGroup)
    {
        _process = process;
        _ownGroup = ownGroup;
        Spec = spec;
        process.OutputDataReceived += (_, e) => Output.Add(e.Data, isError: false);
        process.ErrorDataReceived += (_, e) => Output.Add(e.Data, isError: true);
    }

    public ProcessSpec Spec { get; }

    public ProcessOutput Output { get; } = new();

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public static ExternalProcess Start(ProcessSpec spec)
    {
        string? setsid = OperatingSystem.IsWindows() ? null : ProgramFinder.Find("setsid");
        var info = new ProcessStartInfo
        {
            FileName = setsid ?? spec.Program,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = spec.WorkingDirectory ?? "",
        };
        if (setsid is not null)
        {
            foreach (string word in (string[])["/bin/sh", "-c", Watcher, "sh", spec.Program])
                info.ArgumentList.Add(word);
        }
        foreach (string argument in spec.Arguments)
            info.ArgumentList.Add(argument);
        foreach ((string name, string? value) in spec.Environment)
        {
            if (value is null)
                info.Environment.Remove(name);
            else
                info.Environment[name] = value;
        }
        var process = new ExternalProcess(new Process { StartInfo = info }, spec, setsid is not null);
        process._process.Start();
        Alive[process] = 0;
        process._process.BeginOutputReadLine();
        process._process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Waits for the end of the process and of its output, and returns its exit code; kills it and throws when the bound has passed.</summary>
    public async Task<int> WaitForExitAsync(TimeSpan bound)
    {
        using var limit = new CancellationTokenSource(bound);
        try
        {
            await _process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Kill();
            throw new TimeoutException($"Still running after {bound.TotalSeconds:0.#} s: {Spec}\n{Output}");
        }
        return _process.ExitCode;
    }

    /// <summary>Ends the process and everything it started, at once and without its consent.</summary>
    public void Kill()
    {
        try
        {
            if (_ownGroup)
                _ = KillProcess(-_process.Id, 9);
            if (!_process.HasExited)
                _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception or NotSupportedException)
        {
            // It ended by itself in the meantime.
        }
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        try
        {
            // Without this the storage of a peer may still be written to while it is removed.
            await _process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(10)).Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Killed but not reaped in ten seconds: nothing more can be done from here.
        }
        Alive.TryRemove(this, out _);
        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int KillProcess(int id, int signal);
}
