using PacsTools.HelpGen.Model;
using PacsTools.HelpGen.Reading;
using PacsTools.HelpGen.Writing;

namespace PacsTools.HelpGen;

/// <summary>From what is compiled and written to what PowerShell and readers of the repository see.</summary>
internal static class HelpBuild
{
    public const string MamlFile = "PacsTools.dll-Help.xml";
    public const string ErrorsFile = "about_PacsTools_Errors.help.txt";

    /// <summary>Writes all files, or none and says why.</summary>
    public static IReadOnlyList<Problem> Run(HelpOptions options)
    {
        var problems = new Problems();
        using var module = new ModuleAssembly(options.Assembly, options.References);
        var docs = XmlDocs.Beside(options.Assembly);
        var reader = new CmdletReader(docs, problems);
        var cmdlets = new List<CmdletHelp>();
        foreach (var name in Exported.Cmdlets(options.Manifest))
        {
            if (module.Cmdlet(name) is not { } type)
                problems.Add(options.Manifest, $"{name} is exported, but no class of the module is that cmdlet.");
            else if (HelpFile.Read(Path.Combine(options.Help, name + ".md"), problems) is { } written)
                cmdlets.Add(reader.Read(name, type, written));
        }

        var errors = ErrorCatalogue.Read(Path.Combine(options.Help, "Errors.md"), problems);
        HelpRules.Check(cmdlets, options, problems);
        if (problems.All.Count > 0) return problems.All;

        Directory.CreateDirectory(options.Out);
        Output.Write(Path.Combine(options.Out, MamlFile), MamlWriter.Write(cmdlets));
        Output.Write(Path.Combine(options.Out, ErrorsFile), ErrorsTopic.Write(errors));
        if (options.Markdown is { } folder) WritePages(folder, cmdlets, errors);
        return [];
    }

    private static void WritePages(string folder, List<CmdletHelp> cmdlets, ErrorCatalogue errors)
    {
        Directory.CreateDirectory(folder);
        var pages = cmdlets.ToDictionary(c => c.Name + ".md", c => MarkdownWriter.Write(c));
        pages["README.md"] = MarkdownIndex.Write(cmdlets);
        pages["Errors.md"] = ErrorsPage.Write(errors);
        foreach (var (name, text) in pages) Output.Write(Path.Combine(folder, name), text);
        foreach (var file in Directory.EnumerateFiles(folder, "*.md"))
            if (!pages.ContainsKey(Path.GetFileName(file))) File.Delete(file);
    }
}
