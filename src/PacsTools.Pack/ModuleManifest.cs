using System.Text.RegularExpressions;

namespace PacsTools.Pack;

/// <summary>What a package says of its module, read from the manifest as text: single-quoted strings and lists of them, which is all ours has.</summary>
internal sealed class ModuleManifest
{
    private readonly string _text;

    private ModuleManifest(string path, string text)
    {
        Name = Path.GetFileNameWithoutExtension(path);
        _text = text;
    }

    public string Name { get; }

    /// <exception cref="InvalidDataException">The folder holds no manifest, or several.</exception>
    public static ModuleManifest Of(string moduleFolder)
    {
        string[] manifests = Directory.GetFiles(moduleFolder, "*.psd1");
        return manifests.Length == 1
            ? new ModuleManifest(manifests[0], File.ReadAllText(manifests[0]))
            : throw new InvalidDataException($"{moduleFolder} holds {manifests.Length} manifests; build the module first.");
    }

    /// <exception cref="InvalidDataException">The manifest has no such entry.</exception>
    public string Text(string key)
    {
        var match = Regex.Match(_text, $@"(?m)^\s*{key}\s*=\s*'((?:[^']|'')*)'");
        return match.Success ? Plain(match.Groups[1].Value) : throw new InvalidDataException($"The manifest has no {key}.");
    }

    /// <exception cref="InvalidDataException">The manifest has no such entry.</exception>
    public IReadOnlyList<string> List(string key)
    {
        var match = Regex.Match(_text, $@"(?ms)^\s*{key}\s*=\s*@\((.*?)\)\s*$");
        return match.Success
            ? [.. Regex.Matches(match.Groups[1].Value, "'((?:[^']|'')*)'").Select(m => Plain(m.Groups[1].Value))]
            : throw new InvalidDataException($"The manifest has no list {key}.");
    }

    private static string Plain(string quoted) => quoted.Replace("''", "'", StringComparison.Ordinal);
}
