using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Corpus;

/// <summary>What DCMTK's dcm2json makes of a file.</summary>
/// <param name="Document">Its JSON; null if it refused the file.</param>
/// <param name="IsHeaderOnly">True if it stopped at encapsulated pixel data, which it does not write.</param>
/// <param name="Message">What it said.</param>
internal sealed partial record DcmtkReading(JsonDocument? Document, bool IsHeaderOnly, string Message)
{
    private static readonly JsonDocumentOptions s_json = new() { AllowTrailingCommas = true, MaxDepth = 1000 };
    private static readonly string s_program = ProgramFinder.Find("dcm2json") ?? "dcm2json";
    private static readonly TimeSpan s_bound = TimeSpan.FromMinutes(1);

    /// <summary>True if it read the file, but knows no conversion from its character set.</summary>
    public bool LacksCharacterSet => Document is null && (Message.Contains("converting file to UTF-8", StringComparison.Ordinal) || Message.Contains("Cannot select source", StringComparison.Ordinal));

    public static async Task<DcmtkReading> OfAsync(string path)
    {
        // -ee: numbers that are not finite are written, in a way that is no JSON.
        var (output, message) = await RunAsync("-fc", "-ee", path).ConfigureAwait(false);
        var isHeaderOnly = message.Contains("InlineBinary encoding not supported for compressed pixel data", StringComparison.Ordinal);
        if (output.Length == 0)
            return new DcmtkReading(null, isHeaderOnly, message);
        try
        {
            return new DcmtkReading(JsonDocument.Parse(NotFinite().Replace(output, "\"$0\""), s_json), isHeaderOnly, message);
        }
        catch (JsonException e)
        {
            return new DcmtkReading(null, isHeaderOnly, $"dcm2json wrote no JSON: {e.Message} {message}");
        }
    }

    private static async Task<(string Output, string Message)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(s_program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.Latin1,
        })!;
        using var bound = new CancellationTokenSource(s_bound);
        await using var kill = bound.Token.Register(process.Kill).ConfigureAwait(false);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var message = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        return (await output.ConfigureAwait(false), (await message.ConfigureAwait(false)).Trim());
    }

    [GeneratedRegex(@"(?<=[\[,])-?(inf|nan)(?=[\],])")]
    private static partial Regex NotFinite();
}
