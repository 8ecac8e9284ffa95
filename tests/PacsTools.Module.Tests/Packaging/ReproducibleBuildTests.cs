using System.IO.Compression;
using PacsTools.Pack;
using PacsTools.TestKit.Processes;

namespace PacsTools.Module.Tests.Packaging;

/// <summary>Two builds of the same sources, in folders of different names, are the same package.</summary>
public sealed class ReproducibleBuildTests : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(5);

    // What a package is made of.
    private static readonly string[] Sources = ["src", "module", "PacsTools.psd1", "LICENSE", "Directory.Build.props", "Directory.Packages.props", ".editorconfig"];

    private readonly TemporaryFolder _folder = new("reproducible");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Two_copies_of_the_sources_build_the_same_package()
    {
        // The one is packed by the build, the other here.
        var folders = (One: _folder["one"], Other: _folder["another one", "deeper"]);
        await Task.WhenAll(BuildAsync(folders.One, "Package"), BuildAsync(folders.Other, "Build"));
        string[] packages =
        [
            Path.Combine(folders.One, "out", $"PacsTools.{Repository.Version}.nupkg"),
            ModulePackage.Write(Path.Combine(folders.Other, "out", "PacsTools", Repository.Version), _folder.Path),
        ];

        using var first = ZipFile.OpenRead(packages[0]);
        using var second = ZipFile.OpenRead(packages[1]);
        Assert.Equal(first.Entries.Select(e => $"{e.FullName} {e.Crc32:X8}"), second.Entries.Select(e => $"{e.FullName} {e.Crc32:X8}"));
        Assert.Equal(await File.ReadAllBytesAsync(packages[0]), await File.ReadAllBytesAsync(packages[1]));
    }

    private static async Task BuildAsync(string folder, string target)
    {
        foreach (var source in Sources) Copy(Path.Combine(Repository.Root, source), Path.Combine(folder, source));

        var build = await Tool.RunAsync(
            new ProcessSpec(ProgramFinder.Get("dotnet"), ["build", Path.Combine(folder, "src", "PacsTools"), "-c", "Release", $"-t:{target}", "--nologo", "-v", "quiet"])
            {
                // Servers of the build would outlive the test; variables of the test host lead into its own SDK and results.
                Environment = new Dictionary<string, string?> { ["MSBUILDDISABLENODEREUSE"] = "1", ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0", ["UseSharedCompilation"] = "false", ["MSBuildSDKsPath"] = null, ["MSBuildExtensionsPath"] = null },
            },
            Bound);

        Assert.True(build.ExitCode == 0, build.AllOutput);
    }

    private static void Copy(string from, string to)
    {
        if (File.Exists(from))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(from, to);
            return;
        }

        foreach (var entry in Directory.EnumerateFileSystemEntries(from))
            if (Path.GetFileName(entry) is not ("bin" or "obj")) Copy(entry, Path.Combine(to, Path.GetFileName(entry)));
    }
}
