using System.Text.RegularExpressions;
using PacsTools.Module.Tests.Contract;

namespace PacsTools.Module.Tests.Staging;

/// <summary>What a build leaves in out/PacsTools/&lt;version&gt;: exactly what ships.</summary>
public partial class StagedModuleTests
{
    [Fact]
    public void It_holds_what_ships_and_nothing_else()
    {
        string[] expected =
        [
            "Acceptance/Agreement.psd1.template", "Acceptance/Suite.ps1.template", "LICENSE",
            "PacsTools.Dicom.dll", "PacsTools.Format.ps1xml", "PacsTools.Services.dll", "PacsTools.Types.ps1xml", "PacsTools.dll", "PacsTools.psd1",
            "en-US/PacsTools.dll-Help.xml",
            "en-US/about_PacsTools.help.txt", "en-US/about_PacsTools_Acceptance.help.txt", "en-US/about_PacsTools_Errors.help.txt", "en-US/about_PacsTools_Nodes.help.txt",
            "en-US/about_PacsTools_Query.help.txt", "en-US/about_PacsTools_Retrieve.help.txt",
            "en-US/about_PacsTools_Security.help.txt",
            "en-US/about_PacsTools_Simulator.help.txt", "en-US/about_PacsTools_StorageScp.help.txt",
        ];

        var staged = Directory.EnumerateFiles(Repository.Staged, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Repository.Staged, f).Replace('\\', '/'));

        Assert.Equal(expected, staged.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_manifest_exports_every_cmdlet_by_name() =>
        Assert.Equal(CmdletMetadata.Cmdlets.Select(CmdletMetadata.Name), List("CmdletsToExport"));

    [Theory]
    [InlineData("FunctionsToExport")]
    [InlineData("VariablesToExport")]
    [InlineData("AliasesToExport")]
    public void The_manifest_exports_nothing_else(string key) => Assert.Empty(List(key));

    [Fact]
    public void The_manifest_names_no_wildcard() => Assert.DoesNotContain("*", List("CmdletsToExport"));

    [Fact]
    public void The_assemblies_have_the_version_of_the_manifest()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.Staged, "*.dll"))
            Assert.Equal(Repository.Version + ".0", System.Reflection.AssemblyName.GetAssemblyName(file).Version!.ToString());
    }

    [Fact]
    public void No_path_of_the_building_machine_is_in_the_assemblies()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.Staged, "*.dll"))
            Assert.DoesNotContain(Repository.Root, System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file)));
    }

    [Fact]
    public void Every_result_has_views()
    {
        var format = File.ReadAllText(Path.Combine(Repository.Staged, "PacsTools.Format.ps1xml"));
        var types = File.ReadAllText(Path.Combine(Repository.Staged, "PacsTools.Types.ps1xml"));
        // What is text, a truth value or a file is shown as such; a data set has a view of its own kind.
        Type[] others = [typeof(string), typeof(bool), typeof(FileInfo), typeof(Dicom.Data.DicomDataset)];
        var results = CmdletMetadata.Cmdlets.SelectMany(c => c.GetCustomAttributesData())
            .Where(a => a.AttributeType.Name == "OutputTypeAttribute")
            .SelectMany(a => (IEnumerable<System.Reflection.CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!)
            .Select(t => (Type)t.Value!).Distinct().Except(others).ToList();

        Assert.True(results.Count > 15, $"{results.Count} types of results");
        foreach (var result in results)
        {
            Assert.True(Regex.Matches(format, $"<TypeName>{Regex.Escape(result.FullName!)}</TypeName>").Count >= 2, $"{result.Name} has no table and list view.");
            Assert.Contains($"<Name>{result.FullName}</Name>", types);
        }
    }

    [Fact]
    public void Views_and_types_name_only_properties_that_exist()
    {
        var assemblies = new[] { typeof(Output.PacsEchoResult).Assembly, typeof(Services.Nodes.PacsNode).Assembly, typeof(Dicom.Data.DicomDataset).Assembly };
        foreach (Match view in ViewPattern().Matches(File.ReadAllText(Path.Combine(Repository.Staged, "PacsTools.Format.ps1xml"))))
        {
            var type = assemblies.Select(a => a.GetType(view.Groups[1].Value)).SingleOrDefault(t => t is not null);
            Assert.True(type is not null, $"There is no type {view.Groups[1].Value}.");
            foreach (Match property in PropertyPattern().Matches(view.Value))
                Assert.True(type.GetProperty(Named(property)) is not null, $"{type.Name} has no {Named(property)}.");
        }
    }

    private static string Named(Match match) => match.Groups[1].Success ? match.Groups[1].Value : match.Groups[2].Value;

    private static string[] List(string key)
    {
        var list = Regex.Match(File.ReadAllText(Repository.Manifest), $@"(?ms)^\s*{key}\s*=\s*@\((.*?)\)");
        Assert.True(list.Success, $"The manifest has no {key}.");
        return [.. Regex.Matches(list.Groups[1].Value, "'([^']*)'").Select(m => m.Groups[1].Value)];
    }

    [GeneratedRegex(@"<ViewSelectedBy>\s*<TypeName>([^<]+)</TypeName>.*?</View>", RegexOptions.Singleline)]
    private static partial Regex ViewPattern();

    [GeneratedRegex(@"<PropertyName>([^<]+)</PropertyName>|\$_\.([A-Za-z]+)")]
    private static partial Regex PropertyPattern();
}
