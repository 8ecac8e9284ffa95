using System.IO.Compression;
using System.Xml.Linq;
using PacsTools.Pack;
using PacsTools.TestKit.Processes;

namespace PacsTools.Module.Tests.Packaging;

/// <summary>The package as the PowerShell Gallery wants it.</summary>
public sealed class ModulePackageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("package");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_is_the_staged_module_and_the_parts_of_a_package()
    {
        var package = ModulePackage.Write(Repository.Staged, _folder.Path);

        Assert.Equal($"PacsTools.{Repository.Version}.nupkg", Path.GetFileName(package));
        using var zip = ZipFile.OpenRead(package);
        var staged = Directory.EnumerateFiles(Repository.Staged, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Repository.Staged, f).Replace('\\', '/'));
        Assert.Equal(staged.Order(StringComparer.Ordinal), zip.Entries.Select(e => e.FullName).Where(n => !InstalledModule.IsOfPackage(n)));
        Assert.Equal(
            ["PacsTools.nuspec", "[Content_Types].xml", "_rels/.rels", "package/services/metadata/core-properties/PacsTools.psmdcp"],
            zip.Entries.Select(e => e.FullName).Where(InstalledModule.IsOfPackage).Order(StringComparer.Ordinal));
        Assert.Contains("LICENSE", staged);
    }

    [Fact]
    public void Unpacked_it_is_the_staged_module_byte_for_byte()
    {
        var module = InstalledModule.In(_folder["modules"], ModulePackage.Write(Repository.Staged, _folder.Path));

        foreach (var file in Directory.EnumerateFiles(Repository.Staged, "*", SearchOption.AllDirectories))
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(module, Path.GetRelativePath(Repository.Staged, file))));
    }

    [Fact]
    public void The_nuspec_says_what_the_gallery_asks_for()
    {
        using var zip = ZipFile.OpenRead(ModulePackage.Write(Repository.Staged, _folder.Path));
        using var nuspec = zip.GetEntry("PacsTools.nuspec")!.Open();
        var metadata = XDocument.Load(nuspec).Root!.Elements().Single();
        string Value(string name) => metadata.Elements().Single(e => e.Name.LocalName == name).Value;

        Assert.Equal("PacsTools", Value("id"));
        Assert.Equal(Repository.Version, Value("version"));
        foreach (var name in new[] { "authors", "owners", "description", "releaseNotes", "copyright" }) Assert.NotEmpty(Value(name));
        foreach (var name in new[] { "licenseUrl", "projectUrl" }) Assert.True(Uri.TryCreate(Value(name), UriKind.Absolute, out _), name);
        var tags = Value("tags").Split(' ');
        Assert.Superset(new HashSet<string> { "DICOM", "PSModule", "PSEdition_Core", "PSCommand_Find-DicomStudy", "PSCmdlet_Find-DicomStudy", "PSIncludes_Cmdlet", "Linux" }, tags.ToHashSet());
        // The gallery's limit for all tags together.
        Assert.True(Value("tags").Length < 4000, $"{Value("tags").Length} characters");
    }

    [Fact]
    public void Each_file_has_a_content_type()
    {
        using var zip = ZipFile.OpenRead(ModulePackage.Write(Repository.Staged, _folder.Path));
        using var stream = zip.GetEntry("[Content_Types].xml")!.Open();
        var types = XDocument.Load(stream).Root!.Elements().ToList();
        var extensions = types.Select(e => e.Attribute("Extension")?.Value).ToHashSet();
        var names = types.Select(e => e.Attribute("PartName")?.Value).ToHashSet();

        foreach (var entry in zip.Entries.Where(e => e.FullName != "[Content_Types].xml"))
            Assert.True(names.Contains("/" + entry.FullName) || extensions.Contains(Path.GetExtension(entry.FullName).TrimStart('.')), entry.FullName);
    }

    [Fact]
    public void The_same_module_gives_the_same_bytes_wherever_and_whenever()
    {
        var copy = InstalledModule.In(_folder["elsewhere"], ModulePackage.Write(Repository.Staged, _folder["first"]));
        foreach (var file in Directory.EnumerateFiles(copy, "*", SearchOption.AllDirectories)) File.SetLastWriteTimeUtc(file, new DateTime(2030, 1, 1));

        Assert.Equal(
            File.ReadAllBytes(Path.Combine(_folder["first"], $"PacsTools.{Repository.Version}.nupkg")),
            File.ReadAllBytes(ModulePackage.Write(copy, _folder["second"])));
    }

    [Fact]
    public void A_folder_without_a_manifest_is_refused() =>
        Assert.Throws<InvalidDataException>(() => ModulePackage.Write(_folder.Path, _folder["out"]));
}
