using System.IO.Compression;

namespace PacsTools.Pack;

/// <summary>
/// Makes a package of a module's folder: the files as they lie there, and the parts about the package. The same files give the same bytes: entries stand in a fixed
/// order, have one time and no attributes of a file system.
/// </summary>
internal static class ModulePackage
{
    // The earliest time an entry of a zip archive can have.
    private static readonly DateTimeOffset s_time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes the package of a module.</summary>
    /// <param name="moduleFolder">The folder, with its manifest.</param>
    /// <param name="outputFolder">Where the package goes; it is made if need be, and a package of the same version is replaced.</param>
    /// <returns>The path of the package.</returns>
    /// <exception cref="InvalidDataException">The manifest lacks what a package needs.</exception>
    public static string Write(string moduleFolder, string outputFolder)
    {
        var manifest = ModuleManifest.Of(moduleFolder);
        Directory.CreateDirectory(outputFolder);
        var path = Path.Combine(outputFolder, $"{manifest.Name}.{manifest.Text("ModuleVersion")}.nupkg");
        using var file = File.Create(path);
        Write(manifest, moduleFolder, file);
        return path;
    }

    private static void Write(ModuleManifest manifest, string moduleFolder, Stream output)
    {
        var nuspec = $"{manifest.Name}.nuspec";
        var core = $"package/services/metadata/core-properties/{manifest.Name}.psmdcp";
        var files = Directory.EnumerateFiles(moduleFolder, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(moduleFolder, f).Replace('\\', '/')).Order(StringComparer.Ordinal).ToArray();

        using var zip = new ZipArchive(output, ZipArchiveMode.Create);
        Add(zip, "_rels/.rels", PackageParts.Relationships(nuspec, core));
        Add(zip, nuspec, PackageParts.Nuspec(manifest));
        foreach (var name in files) Add(zip, name, File.ReadAllBytes(Path.Combine(moduleFolder, name)));
        Add(zip, "[Content_Types].xml", PackageParts.ContentTypes([nuspec, .. files]));
        Add(zip, core, PackageParts.CoreProperties(manifest));
    }

    private static void Add(ZipArchive zip, string name, byte[] content)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.SmallestSize);
        entry.LastWriteTime = s_time;
        entry.ExternalAttributes = 0;
        using var stream = entry.Open();
        stream.Write(content);
    }
}
