using System.Globalization;
using PacsTools.TestKit.Processes;

namespace PacsTools.TestKit.Peers;

/// <summary>DCMTK's command line clients and file tools.</summary>
public static class Dcmtk
{
    /// <summary>Sends files; options come before the address.</summary>
    public static Task<ToolResult> StorescuAsync(int port, string calledAETitle, IEnumerable<string> paths, bool noDelay = false, IEnumerable<string>? options = null, TimeSpan? bound = null) =>
        ClientAsync("storescu", port, calledAETitle, noDelay, options ?? [], paths, bound);

    /// <summary>Asks whether somebody is there.</summary>
    public static Task<ToolResult> EchoscuAsync(int port, string calledAETitle, bool noDelay = false, params string[] options) =>
        ClientAsync("echoscu", port, calledAETitle, noDelay, options, [], null);

    /// <summary>Queries; keys as <c>-k</c> options.</summary>
    public static Task<ToolResult> FindscuAsync(int port, string calledAETitle, params string[] options) =>
        ClientAsync("findscu", port, calledAETitle, noDelay: true, options, [], null);

    /// <summary>Has an archive send to a destination.</summary>
    public static Task<ToolResult> MovescuAsync(int port, string calledAETitle, params string[] options) =>
        ClientAsync("movescu", port, calledAETitle, noDelay: true, options, [], null);

    /// <summary>Fetches from an archive on the same association.</summary>
    public static Task<ToolResult> GetscuAsync(int port, string calledAETitle, params string[] options) =>
        ClientAsync("getscu", port, calledAETitle, noDelay: true, options, [], null);

    /// <summary>Reads files completely with dcmdump and fails with its words if it cannot.</summary>
    public static async Task DumpAllAsync(IEnumerable<string> paths)
    {
        foreach (string[] some in paths.Chunk(400))
            (await Tool.RunAsync("dcmdump", ["--load-all", "--search", "0008,0018", .. some]).ConfigureAwait(false)).EnsureSuccess();
    }

    /// <summary>One file as dcmdump prints it.</summary>
    public static async Task<string> DumpAsync(string path) =>
        (await Tool.RunAsync("dcmdump", "--load-all", path).ConfigureAwait(false)).EnsureSuccess().StandardOutput;

    /// <summary>One file as DICOM JSON.</summary>
    public static async Task<string> ToJsonAsync(string path) =>
        (await Tool.RunAsync("dcm2json", path).ConfigureAwait(false)).EnsureSuccess().StandardOutput;

    /// <summary>Fails unless every file has preamble, prefix and file meta information.</summary>
    public static async Task TestFilesAsync(IEnumerable<string> paths)
    {
        foreach (string[] some in paths.Chunk(400))
            (await Tool.RunAsync("dcmftest", some).ConfigureAwait(false)).EnsureSuccess();
    }

    /// <summary>Rewrites a file with other options, for instance another transfer syntax.</summary>
    public static async Task ConvertAsync(string from, string to, params string[] options) =>
        (await Tool.RunAsync("dcmconv", [.. options, from, to]).ConfigureAwait(false)).EnsureSuccess();

    /// <summary>The lines of dciodvfy that begin with Error.</summary>
    public static async Task<IReadOnlyList<string>> VerifyAsync(string path)
    {
        ToolResult result = await Tool.RunAsync("dciodvfy", path).ConfigureAwait(false);
        return [.. result.AllOutput.Split('\n').Where(l => l.StartsWith("Error", StringComparison.Ordinal))];
    }

    private static Task<ToolResult> ClientAsync(string tool, int port, string called, bool noDelay, IEnumerable<string> options, IEnumerable<string> rest, TimeSpan? bound)
    {
        string[] arguments = ["--call", called, .. options, "127.0.0.1", port.ToString(CultureInfo.InvariantCulture), .. rest];
        return Tool.RunAsync(
            new ProcessSpec(ProgramFinder.Get(tool), arguments)
            {
                Environment = new Dictionary<string, string?> { ["TCP_NODELAY"] = noDelay ? "1" : null },
            },
            bound);
    }
}
