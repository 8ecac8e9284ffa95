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
        const string other = "0123456789ab";
        // Above every system's largest process id but legal as a name.
        var dead = Make(ProcessMark.Of(999999999, other) + "-1");
        var reborn = Make(ProcessMark.Of(Environment.ProcessId, other) + "-1");
        var own = Make(ProcessMark.Own + "-ffff");
        var parent = Make(ProcessMark.Of(ParentId(), other) + "-1");
        var elsewhere = Make("ffffffff-999999999-0123456789ab-1");
        var elsewhereOld = Make("ffffffff-999999999-0123456789ab-2");
        var foreign = Make("holiday-pictures");
        foreach (var old in new[] { elsewhereOld, foreign })
            Directory.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-25));
        TemporaryStorage.Create(_folder["root"]);
        Assert.Equal(
            [false, false, true, true, true, false, true],
            new[] { dead, reborn, own, parent, elsewhere, elsewhereOld, foreign }.Select(Directory.Exists));
    }

    [Fact]
    public void What_a_leftover_links_to_is_left_alone()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("links need rights on Windows");
        var elsewhere = _folder.Create("elsewhere");
        File.WriteAllText(Path.Combine(elsewhere, "x"), "x");
        var inside = Make(ProcessMark.Of(999999999, "0123456789ab") + "-1");
        Directory.CreateSymbolicLink(Path.Combine(inside, "link"), elsewhere);
        Directory.CreateSymbolicLink(_folder["root", ProcessMark.Of(999999999, "0123456789ab") + "-2"], elsewhere);
        TemporaryStorage.Create(_folder["root"]);
        Assert.False(Directory.Exists(inside));
        Assert.True(File.Exists(Path.Combine(elsewhere, "x")));
    }

    [Fact]
    public void The_usual_folder_is_below_the_temporary_folder_and_our_own_if_that_is_anothers()
    {
        if (!OperatingSystem.IsLinux() || LinuxFile.EffectiveUserId() != 0)
            Assert.Skip("only root can give a folder away");
        var temp = _folder.Create("temp");
        Assert.Equal(_folder["temp", "dicom-connector"], Path.GetDirectoryName(TemporaryStorage.Create(root: null, temp)));
        using (var chown = System.Diagnostics.Process.Start("chown", ["65534", _folder["temp", "dicom-connector"]]))
            chown.WaitForExit();
        var parent = Path.GetDirectoryName(TemporaryStorage.Create(root: null, temp))!;
        Assert.Equal(_folder["temp", "dicom-connector-" + Environment.UserName], parent);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(OwnerOnly, File.GetUnixFileMode(parent));
        // A link in its place leads nowhere either.
        Directory.Delete(parent, recursive: true);
        Directory.CreateSymbolicLink(parent, _folder.Create("elsewhere"));
        Assert.Throws<IOException>(() => TemporaryStorage.Create(root: null, temp));
        Assert.Empty(Directory.GetFileSystemEntries(_folder["elsewhere"]));
    }

    // Some process that runs and is not this one.
    private static int ParentId() => OperatingSystem.IsWindows() ? 4 : OperatingSystem.IsMacOS() ? 1 : int.Parse(File.ReadAllText("/proc/self/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture);

    private string Make(string name)
    {
        var path = Directory.CreateDirectory(_folder["root", name]).FullName;
        File.WriteAllText(Path.Combine(path, "x.dcm"), "x");
        return path;
    }
}
