using System.Text;
using System.Xml.Linq;

namespace PacsTools.Pack;

/// <summary>The parts of a package that are about the package: the nuspec, and what makes the archive an Open Packaging Conventions one.</summary>
internal static class PackageParts
{
    private static readonly XNamespace s_nuspec = "http://schemas.microsoft.com/packaging/2011/10/nuspec.xsd";
    private static readonly XNamespace s_relationships = "http://schemas.openxmlformats.org/package/2006/relationships";
    private static readonly XNamespace s_types = "http://schemas.openxmlformats.org/package/2006/content-types";
    private static readonly XNamespace s_core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
    private static readonly XNamespace s_dublin = "http://purl.org/dc/elements/1.1/";

    public static byte[] Nuspec(ModuleManifest manifest) => Xml(
        new XElement(s_nuspec + "package",
            new XElement(s_nuspec + "metadata",
                new XElement(s_nuspec + "id", manifest.Name),
                new XElement(s_nuspec + "version", manifest.Text("ModuleVersion")),
                new XElement(s_nuspec + "authors", manifest.Text("Author")),
                new XElement(s_nuspec + "owners", manifest.Text("Author")),
                new XElement(s_nuspec + "requireLicenseAcceptance", "false"),
                new XElement(s_nuspec + "licenseUrl", manifest.Text("LicenseUri")),
                new XElement(s_nuspec + "projectUrl", manifest.Text("ProjectUri")),
                new XElement(s_nuspec + "description", manifest.Text("Description")),
                new XElement(s_nuspec + "releaseNotes", manifest.Text("ReleaseNotes")),
                new XElement(s_nuspec + "copyright", manifest.Text("Copyright")),
                new XElement(s_nuspec + "tags", string.Join(' ', Tags(manifest))))));

    public static byte[] CoreProperties(ModuleManifest manifest) => Xml(
        new XElement(s_core + "coreProperties",
            new XAttribute(XNamespace.Xmlns + "dc", s_dublin),
            new XElement(s_dublin + "creator", manifest.Text("Author")),
            new XElement(s_dublin + "description", manifest.Text("Description")),
            new XElement(s_dublin + "identifier", manifest.Name),
            new XElement(s_core + "version", manifest.Text("ModuleVersion")),
            new XElement(s_core + "keywords", string.Join(' ', Tags(manifest)))));

    public static byte[] Relationships(string nuspec, string coreProperties) => Xml(
        new XElement(s_relationships + "Relationships",
            Relationship("R1", "http://schemas.microsoft.com/packaging/2010/07/manifest", nuspec),
            Relationship("R2", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", coreProperties)));

    /// <param name="files">Everything in the package, with slashes.</param>
    public static byte[] ContentTypes(IEnumerable<string> files)
    {
        string[] all = [.. files];
        var extensions = all.Select(f => Path.GetExtension(f).TrimStart('.')).Where(e => e.Length > 0 && e is not ("rels" or "psmdcp")).Distinct(StringComparer.OrdinalIgnoreCase);
        return Xml(new XElement(s_types + "Types",
            Default("rels", "application/vnd.openxmlformats-package.relationships+xml"),
            Default("psmdcp", "application/vnd.openxmlformats-package.core-properties+xml"),
            extensions.Order(StringComparer.Ordinal).Select(e => Default(e, "application/octet")),
            all.Where(f => Path.GetExtension(f).Length == 0)
                .Select(f => new XElement(s_types + "Override", new XAttribute("PartName", "/" + f), new XAttribute("ContentType", "application/octet")))));
    }

    // How the gallery and PSResourceGet find modules, by edition and by command.
    private static IEnumerable<string> Tags(ModuleManifest manifest) =>
    [
        .. manifest.List("Tags"),
        "PSModule",
        .. manifest.List("CompatiblePSEditions").Select(e => $"PSEdition_{e}"),
        .. manifest.List("CmdletsToExport").SelectMany(c => new[] { $"PSCmdlet_{c}", $"PSCommand_{c}" }),
        "PSIncludes_Cmdlet",
    ];

    private static XElement Relationship(string id, string type, string target) =>
        new(s_relationships + "Relationship", new XAttribute("Type", type), new XAttribute("Target", "/" + target), new XAttribute("Id", id));

    private static XElement Default(string extension, string type) =>
        new(s_types + "Default", new XAttribute("Extension", extension), new XAttribute("ContentType", type));

    private static byte[] Xml(XElement root)
    {
        var text = $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{root.ToString(SaveOptions.None)}\n";
        return Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n"));
    }
}
