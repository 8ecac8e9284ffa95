using System.Runtime.InteropServices;
using PacsTools.Interop.Tests.Services;
using PacsTools.TestKit;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Receiving;

/// <summary>A folder that may no longer be written, while an instance comes in. Permissions do not bind root: then the receiver runs as nobody.</summary>
public sealed partial class PermissionTests
{
    private const string Nobody = "65534";

    [Fact]
    public async Task A_permission_lost_in_the_middle_is_a_failure_and_the_next_is_taken_when_it_is_back()
    {
        Requirement.That("linux", OperatingSystem.IsLinux(), "Permissions of this kind are those of Linux.");
        using var folder = new TemporaryFolder("permission");
        string received = folder.Create("received");
        string[] under = [];
        if (OperatingSystem.IsLinux() && UserId() == 0)
        {
            under = ["setpriv", "--reuid=" + Nobody, "--regid=" + Nobody, "--clear-groups"];
            Requirement.That("setpriv", ProgramFinder.Find("setpriv") is not null, "setpriv is needed to give up the rights of root.");
            (await Tool.RunAsync("chown", Nobody, received)).EnsureSuccess();
            File.SetUnixFileMode(folder.Path, (UnixFileMode)0x1ED);
            ToolResult mayRun = await Tool.RunAsync(under[0], [.. under[1..], "test", "-x", ReceiverProcess.Program, "-a", "-w", received]);
            Requirement.That("setpriv", mayRun.ExitCode == 0, $"Another user cannot run this program or write below {folder.Path}.");
        }

        List<TestInstance> instances = [.. TestStudy.Create(new TestStudyOptions { Instances = 3 })];
        string series = Path.Combine(received, instances[0].StudyInstanceUID, instances[0].SeriesInstanceUID);
        await using ReceiverProcess receiver = await ReceiverProcess.StartAsync(received, under: under);
        using StoreSender sender = StoreSender.Open(receiver.Port, receiver.AETitle, instances);
        Assert.Equal(0, sender.Store(instances[0]));

        ushort status = sender.Store(instances[1], position =>
        {
            if (position is > 300_000 and < 310_000)
            {
                Assert.True(SpinWait.SpinUntil(() => Directory.EnumerateFiles(series, "*.part").Any(), TimeSpan.FromSeconds(20)), "no part file");
                SetMode(series, (UnixFileMode)0x16D);
            }
        });
        // The file is open and could be written to its end; its name could not be given.
        Assert.Equal(0x0110, status);
        Assert.Single(Directory.EnumerateFiles(series, "*.dcm"));
        Assert.Equal(0x0110, sender.Store(instances[2]));

        SetMode(series, (UnixFileMode)0x1ED);
        Assert.Equal(0, sender.Store(instances[1]));
        Assert.Equal(0, sender.Store(instances[2]));
        Assert.All(instances, i => Assert.Equal(i.DataSet, TestInstance.DataSetOf(Path.Combine(series, i.SOPInstanceUID + ".dcm"))));
    }

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint UserId();
}
