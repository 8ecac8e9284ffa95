using PacsTools.HelpGen;
using PacsTools.Pipeline;
using PacsTools.TestKit.Processes;

namespace PacsTools.Module.Tests.Help;

/// <summary>What help is made of, copied to a folder of its own where it can be spoilt, and what comes of it.</summary>
internal sealed class HelpWorkbench : IDisposable
{
    private static readonly string Built = Path.GetDirectoryName(typeof(AsyncCmdlet).Assembly.Location)!;

    private readonly TemporaryFolder _folder = new("help");

    public HelpWorkbench()
    {
        foreach (var name in new[] { "PacsTools", "PacsTools.Services", "PacsTools.Dicom" })
        {
            foreach (var extension in new[] { ".dll", ".xml" }) File.Copy(Path.Combine(Built, name + extension), _folder[name + extension]);
        }

        Directory.CreateDirectory(_folder["Help"]);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "PacsTools", "Help"))) File.Copy(file, _folder["Help", Path.GetFileName(file)]);
    }

    public string Out => _folder["out"];

    public string Pages => _folder["pages"];

    public string Documentation => _folder["PacsTools.xml"];

    public string Of(string cmdlet) => _folder["Help", cmdlet + ".md"];

    public void Edit(string path, string old, string replacement)
    {
        var text = File.ReadAllText(path);
        Assert.Contains(old, text);
        File.WriteAllText(path, text.Replace(old, replacement, StringComparison.Ordinal));
    }

    /// <summary>What the build would say is missing.</summary>
    public IReadOnlyList<string> Run() =>
    [
        .. HelpBuild.Run(new HelpOptions
        {
            Assembly = _folder["PacsTools.dll"],
            References = Built,
            Manifest = Repository.Manifest,
            Help = _folder["Help"],
            Module = Path.Combine(Repository.Root, "module"),
            Out = Out,
            Markdown = Pages,
        }).Select(p => $"{p.Place}: {p.Text}"),
    ];

    public void Dispose() => _folder.Dispose();
}
