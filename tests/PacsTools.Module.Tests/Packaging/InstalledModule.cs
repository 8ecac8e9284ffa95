using System.IO.Compression;

namespace PacsTools.Module.Tests.Packaging;

/// <summary>Unpacks a package as an installer does: what is about the package stays out.</summary>
internal static class InstalledModule
{
    /// <summary>The parts of a package that are not of the module.</summary>
    public static bool IsOfPackage(string entry) =>
        entry.StartsWith("_rels/", StringComparison.Ordinal) || entry.StartsWith("package/", StringComparison.Ordinal) || entry is "[Content_Types].xml" or "PacsTools.nuspec";

    /// <summary>Unpacks into the folder of the module's version.</summary>
    /// <returns>That folder.</returns>
    public static string In(string modulePath, string package)
    {
        var folder = Path.Combine(modulePath, "PacsTools", Repository.Version);
        using var zip = ZipFile.OpenRead(package);
        foreach (var entry in zip.Entries.Where(e => !IsOfPackage(e.FullName)))
        {
            var path = Path.Combine(folder, entry.FullName);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            entry.ExtractToFile(path, overwrite: true);
        }

        return folder;
    }
}
