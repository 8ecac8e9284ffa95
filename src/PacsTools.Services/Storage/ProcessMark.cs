using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace PacsTools.Services.Storage;

/// <summary>
/// A mark in the names of what a process makes for itself alone: <c>{system}-{process}-{token}</c>. System and process tell whose it is, so that what a
/// process left behind that was killed can be known as such. The token keeps processes of one number apart, of which containers have many, and
/// cannot be guessed by anyone who would like to be there first.
/// </summary>
internal static class ProcessMark
{
    /// <summary>The pattern of a mark, for names that contain one.</summary>
    public const string Pattern = "(?<system>[0-9a-f]{8})-(?<process>[0-9]{1,9})-(?<token>[0-9a-f]{12})";

    // Process numbers mean something only within one machine and one namespace of them.
    private static readonly string s_system = SafeFileName.Hash(Environment.MachineName + "\n" + Namespace(), 8);
    private static readonly string s_token = Convert.ToHexString(RandomNumberGenerator.GetBytes(6)).ToLowerInvariant();

    /// <summary>The mark of this process.</summary>
    public static string Own { get; } = Make(s_system, Environment.ProcessId, s_token);

    /// <summary>True if the mark matched is that of a process of this system that has ended.</summary>
    public static bool IsOfDead(Match match) => match.Groups["system"].ValueSpan.SequenceEqual(s_system)
        && !match.Groups["token"].ValueSpan.SequenceEqual(s_token)
        && int.Parse(match.Groups["process"].ValueSpan, CultureInfo.InvariantCulture) is var process
        && (process == Environment.ProcessId || !Exists(process));

    /// <summary>The mark another process of this system would have.</summary>
    internal static string Of(int process, string token) => Make(s_system, process, token);

    private static string Make(string system, int process, string token) => string.Create(CultureInfo.InvariantCulture, $"{system}-{process}-{token}");

    private static bool Exists(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static string? Namespace()
    {
        try
        {
            return OperatingSystem.IsLinux() ? new FileInfo("/proc/self/ns/pid").LinkTarget : null;
        }
        catch (Exception e) when (StorageFault.IsFileSystem(e))
        {
            return null;
        }
    }
}
