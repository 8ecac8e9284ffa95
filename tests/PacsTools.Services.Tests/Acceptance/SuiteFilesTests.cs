using PacsTools.Services.Acceptance;
using PacsTools.Services.Nodes;
using PacsTools.TestKit.Processes;

namespace PacsTools.Services.Tests.Acceptance;

public sealed class SuiteFilesTests
{
    [Fact]
    public void What_an_archive_says_of_itself_is_never_a_place_of_the_template()
    {
        using var folder = new TemporaryFolder("suite");
        File.WriteAllText(folder["Suite.ps1.template"], "{{Name}} {{Other}}");
        File.WriteAllText(folder["Agreement.psd1.template"], "{{VersionName}} {{Studies}}");
        var files = new SuiteFiles(folder.Path, folder.Path, "main");

        files.Write(
            new AcceptanceAgreement
            {
                Node = new PacsNode { HostName = "127.0.0.1" },
                Capabilities = new NodeCapabilities { ImplementationVersionName = "{{Studies}}" },
                Limits = new AcceptanceLimits(1, 1),
            },
            "1.0",
            new DateOnly(2024, 1, 1));

        Assert.Equal("'{{Studies}}' @()", File.ReadAllText(files.Data));
        Assert.Equal("main {{Other}}", File.ReadAllText(files.Tests));
    }
}
