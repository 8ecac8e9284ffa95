using PacsTools.TestKit;
using PacsTools.TestKit.Peers;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Kit;

/// <summary>The fixtures themselves: what they promise about starting, ending and leaving nothing behind.</summary>
public sealed class PeerTests
{
    [Fact]
    public async Task Orthanc_answers_echo_and_leaves_nothing_behind()
    {
        string folder;
        int port;
        await using (OrthancPeer orthanc = await OrthancPeer.StartAsync())
        {
            folder = orthanc.Folder.Path;
            port = orthanc.Port;
            (await Dcmtk.EchoscuAsync(port, orthanc.AETitle)).EnsureSuccess();
            Assert.Equal(0, await orthanc.CountInstancesAsync());
        }
        Assert.False(Directory.Exists(folder));
        Assert.False(await LoopbackPort.IsOpenAsync(port));
    }

    [Fact]
    public async Task Dcmqrscp_answers_echo_and_leaves_nothing_behind()
    {
        string folder;
        int port;
        await using (DcmqrscpPeer archive = await DcmqrscpPeer.StartAsync())
        {
            folder = archive.Folder.Path;
            port = archive.Port;
            (await Dcmtk.EchoscuAsync(port, archive.AETitle)).EnsureSuccess();
        }
        Assert.False(Directory.Exists(folder));
        Assert.False(await LoopbackPort.IsOpenAsync(port));
    }

    [Fact]
    public async Task A_killed_peer_no_longer_listens()
    {
        await using StorescpPeer peer = await StorescpPeer.StartAsync();
        peer.Kill();
        await Eventually.TrueAsync(async () => !await LoopbackPort.IsOpenAsync(peer.Port), "the port closed");
    }

    [Fact]
    public async Task What_a_process_started_dies_with_it()
    {
        Requirement.That("sh", !OperatingSystem.IsWindows(), "The test's script is one for a POSIX shell.");
        ExternalProcess shell = ExternalProcess.Start(new ProcessSpec("/bin/sh", ["-c", "sleep 600 & echo $!; wait"]));
        int child = int.Parse(await shell.Output.WaitForLineAsync(l => l.Length > 0, Eventually.DefaultBound), System.Globalization.CultureInfo.InvariantCulture);
        await shell.DisposeAsync();
        await Eventually.TrueAsync(() => !IsRunning(child), "the grandchild ended");
    }

    private static bool IsRunning(int id)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
