using PacsTools.Dicom.Errors;
using PacsTools.Pipeline;
using PacsTools.Services.Nodes;

namespace PacsTools.Module.Tests.Surface;

/// <summary>
/// The public surface of each assembly against a file that a person has read. After a change on purpose run the tests once with
/// PACSTOOLS_APPROVE=1, which writes the files, and review the difference.
/// </summary>
public class ApprovedSurfaceTests
{
    private const string Approve = "PACSTOOLS_APPROVE";

    [Theory]
    [InlineData(typeof(DicomException))]
    [InlineData(typeof(PacsNode))]
    [InlineData(typeof(AsyncCmdlet))]
    public void The_public_surface_is_the_approved_one(Type of)
    {
        var path = Path.Combine(Repository.ModuleTests, "Approved", of.Assembly.GetName().Name + ".txt");
        var now = SurfaceText.Of(of.Assembly);
        if (Environment.GetEnvironmentVariable(Approve) == "1") File.WriteAllText(path, now);
        var approved = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";

        var added = now.Split('\n').Except(approved.Split('\n')).Select(l => "+ " + l);
        var removed = approved.Split('\n').Except(now.Split('\n')).Select(l => "- " + l);
        Assert.True(approved == now, $"The surface differs from {Path.GetFileName(path)}; if that is meant, run with {Approve}=1:\n{string.Join('\n', removed.Concat(added))}");
    }
}
