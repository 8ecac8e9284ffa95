namespace PacsTools.TestKit.Processes;

/// <summary>Runs a command line tool to its end.</summary>
public static class Tool
{
    private static readonly TimeSpan DefaultBound = TimeSpan.FromMinutes(2);

    /// <summary>Runs a tool found on PATH; never throws for a bad exit code (see <see cref="ToolResult.EnsureSuccess"/>).</summary>
    public static Task<ToolResult> RunAsync(string program, params string[] arguments) =>
        RunAsync(new ProcessSpec(ProgramFinder.Get(program), arguments));

    /// <inheritdoc cref="RunAsync(string, string[])"/>
    public static async Task<ToolResult> RunAsync(ProcessSpec spec, TimeSpan? bound = null)
    {
        await using ExternalProcess process = ExternalProcess.Start(spec);
        int exitCode = await process.WaitForExitAsync(bound ?? DefaultBound).ConfigureAwait(false);
        return new ToolResult(spec.ToString(), exitCode, process.Output.StandardOutput, string.Join('\n', process.Output.Lines));
    }
}
