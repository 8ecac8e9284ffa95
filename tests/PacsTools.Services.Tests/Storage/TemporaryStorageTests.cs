using Microsoft.Extensions.Time.Testing;
using PacsTools.Services.Storage;
using PacsTools.TestKit.Processes;

namespace PacsTools.Services.Tests.Storage;

public sealed class TemporaryStorageTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_operation_gets_a_folder_of_its_own_for_this_user_alone()
    {
        var one = TemporaryStorage.Create(_folder["root"]);
        var two = TemporaryStorage.Create(_folder["root"]);
        Assert.NotEqual(one, two);
        Assert.Equal(_folder["root"], Path.GetDirectoryName(one));
        if (OperatingSystem.IsWindows())
            return;
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(one));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(_folder["root"]));
    }

    [Fact]
    public void An_open_mode_is_closed_before_use()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("modes are for Unix");
        }
        else
        {
            Directory.CreateDirectory(_folder["root"], OwnerOnly | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
            TemporaryStorage.Create(_folder["root"]);
            Assert.Equal(OwnerOnly, File.GetUnixFileMode(_folder["root"]));
        }
    }

    [Fact]
    public void A_symbolic_link_is_never_followed()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("links need rights on Windows");
        var elsewhere = _folder.Create("elsewhere");
        Directory.CreateSymbolicLink(_folder["root"], elsewhere);
        Assert.Throws<IOException>(() => TemporaryStorage.Create(_folder["root"]));
        Assert.Empty(Directory.GetFileSystemEntries(elsewhere));
    }

    [Fact]
    public void A_folder_of_another_user_is_refused()
    {
        if (!OperatingSystem.IsLinux() || LinuxFile.EffectiveUserId() != 0)
            Assert.Skip("only root can give a folder away");
        _folder.Create("root");
        using (var chown = System.Diagnostics.Process.Start("chown", ["65534", _folder["root"]]))
            chown.WaitForExit();
        Assert.Equal(65534u, LinuxOwner.Of(_folder["root"]));
        Assert.Throws<IOException>(() => TemporaryStorage.Create(_folder["root"]));
    }

    [Fact]
    public void An_hour_after_the_operation_its_files_are_gone()
    {
        var time = new FakeTimeProvider();
        var path = TemporaryStorage.Create(_folder["root"]);
        File.WriteAllText(Path.Combine(path, "x"), "x");
        time.Advance(TimeSpan.FromHours(2));
        Assert.True(Directory.Exists(path));
        TemporaryStorage.Expire(path, time);
        time.Advance(TimeSpan.FromMinutes(59));
        Assert.True(Directory.Exists(path));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(Directory.Exists(path));
    }

    [Fact]
    public void Leftovers_of_dead_processes_go_at_the_next_start_and_nothing_else_does()
    {
        var name = Guid.NewGuid().ToString("N");
        // Above every system's largest process id but legal as a name.
        var dead = Directory.CreateDirectory(_folder["root", $"999999999-{name}"]).FullName;
        var young = Directory.CreateDirectory(_folder["root", $"999999998-{name}"]).FullName;
        var alive = Directory.CreateDirectory(_folder["root", $"{Environment.ProcessId}-{name}"]).FullName;
        var foreign = Directory.CreateDirectory(_folder["root", "holiday-pictures"]).FullName;
        File.WriteAllText(Path.Combine(dead, "x.dcm"), "x");
        foreach (var old in new[] { dead, alive, foreign })
            Directory.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-2));
        TemporaryStorage.Create(_folder["root"]);
        Assert.Equal([false, true, true, true], new[] { dead, young, alive, foreign }.Select(Directory.Exists));
    }
}
