using System.Diagnostics;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Corpus;

/// <summary>Every way in which DCMTK's dcmconv, dcmcrle and dcmcjpeg write a file.</summary>
internal static class Reencoding
{
    private static readonly string[] s_syntaxes = ["+te", "+tb", "+ti", "+td"];
    private static readonly string[][] s_forms =
    [
        [], ["-e"], ["+g"], ["-g", "-e"], ["-u"], ["+p", "2048", "128"], ["+p", "512", "64", "-e", "+g"], ["+F"], ["-F"], ["-F", "-e"], ["-F", "+g"],
    ];

    private static readonly string[][] s_compressed =
    [
        ["dcmcrle"], ["dcmcrle", "-ot", "-e"], ["dcmcrle", "+fs", "1"], ["dcmcrle", "+g"], ["dcmcjpeg", "+e1"], ["dcmcjpeg", "+el"], ["dcmcjpeg", "+el", "+sv", "1", "+pl"],
        ["dcmcjpeg", "+eb"], ["dcmcjpeg", "+ee"], ["dcmcjpeg", "+es"], ["dcmcjpeg", "+ep"], ["dcmcjpeg", "+e1", "-ot", "-e"], ["dcmcjpeg", "+eb", "+fs", "1"],
    ];

    /// <summary>A program and its options.</summary>
    public static IReadOnlyList<string[]> All { get; } =
    [
        .. from syntax in s_syntaxes from form in s_forms where !(syntax == "+td" && form.Contains("-F")) select (string[])["dcmconv", syntax, .. form],
        ["dcmconv", "+td", "+cl", "0"],
        ["dcmconv", "+tg"],
        ["dcmconv", "+te", "+U8"],
        .. s_compressed,
    ];

    /// <summary>Writes a file anew.</summary>
    /// <returns>False if the program does not write this file so.</returns>
    public static bool Run(string[] way, string from, string to)
    {
        using var process = Process.Start(new ProcessStartInfo(ProgramFinder.Get(way[0]), [.. way[1..], "-q", from, to]) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 && new FileInfo(to) is { Exists: true, Length: > 0 };
    }
}
