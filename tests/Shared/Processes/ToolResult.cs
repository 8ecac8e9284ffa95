namespace PacsTools.TestKit.Processes;

/// <summary>How a command line tool ended and what it wrote.</summary>
public sealed record ToolResult(string Command, int ExitCode, string StandardOutput, string AllOutput)
{
    /// <summary>Throws with the output unless the exit code is 0.</summary>
    public ToolResult EnsureSuccess() =>
        ExitCode == 0 ? this : throw new InvalidOperationException($"Exit code {ExitCode} from: {Command}\n{AllOutput}");
}
