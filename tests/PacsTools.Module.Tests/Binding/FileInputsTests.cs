using PacsTools.Binding;
using PacsTools.TestKit.Processes;

namespace PacsTools.Module.Tests.Binding;

/// <summary>Folders as files, while somebody else works in them.</summary>
public sealed class FileInputsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("inputs");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_that_goes_while_files_are_handed_on_is_told_and_the_rest_goes_on()
    {
        foreach (var name in new[] { "1.dcm", "a/2.dcm", "b/3.dcm", "c/4.dcm" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
            File.WriteAllBytes(_folder[name], []);
        }

        var unreadable = new List<string>();
        var files = new List<string>();
        foreach (var file in FileInputs.Expand(_folder.Path, recurse: true, (folder, _) => unreadable.Add(folder)))
        {
            files.Add(Path.GetFileName(file));
            if (files.Count == 1) Directory.Delete(_folder["b"], recursive: true);
        }

        Assert.Equal(["1.dcm", "2.dcm", "4.dcm"], files);
        Assert.Equal([_folder["b"]], unreadable);
    }
}
