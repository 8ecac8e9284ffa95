using PacsTools.Services.Storage;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Processes;

namespace PacsTools.Services.Tests.Storage;

public sealed class InstanceFileWriterTests : IDisposable
{
    private const string Uid = "1.2.3";
    private const string Place = "a/b/1.2.3.dcm";

    // (0008,0018) UI 1.2.3, all a data set needs to be known.
    private static readonly byte[] s_whole = [8, 0, 0x18, 0, (byte)'U', (byte)'I', 6, 0, (byte)'1', (byte)'.', (byte)'2', (byte)'.', (byte)'3', 0];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nothing_bears_the_final_name_before_the_commit()
    {
        var writer = Open();
        Write(writer, [1, 2, 3, 4]);
        Assert.False(File.Exists(Final));
        Assert.EndsWith(".part", Assert.Single(Files()));

        var result = writer.Commit();

        Assert.Equal(InstanceOutcome.Stored, result.Outcome);
        Assert.Equal(0, result.Status);
        Assert.Equal(Final, result.Path);
        Assert.Equal([Final], Files());
        Assert.Equal(new FileInfo(Final).Length, result.Length);
        Assert.Equal([1, 2, 3, 4], TestInstance.DataSetOf(Final));
    }

    [Fact]
    public void Slices_arrive_in_their_order_however_many_there_are()
    {
        var writer = Open();
        var bytes = new byte[5000];
        new Random(1).NextBytes(bytes);
        writer.Write([.. Enumerable.Range(0, 1000).Select(i => (ReadOnlyMemory<byte>)bytes.AsMemory(i * 3, 3))]);
        writer.Write([bytes.AsMemory(3000, 0), bytes.AsMemory(3000)]);
        writer.Commit();
        Assert.Equal(bytes, TestInstance.DataSetOf(Final));
    }

    [Fact]
    public void What_is_discarded_leaves_nothing()
    {
        var writer = Open();
        Write(writer, new byte[100]);
        writer.Discard();
        writer.Discard();
        Assert.Empty(Files());
    }

    [Fact]
    public void An_empty_data_set_is_a_file_of_its_header()
    {
        Open().Commit();
        Assert.Empty(TestInstance.DataSetOf(Final));
    }

    [Fact]
    public void KeepBoth_writes_an_identical_data_set_only_once()
    {
        Store([1, 2, 3, 4]);
        var before = File.GetLastWriteTimeUtc(Final);
        // The head differs, as it does if another peer sent it: only the data set counts.
        var result = Store([1, 2, 3, 4], head: TestInstance.FileHead(TestStudy.MRImageStorage, "1.2.3.4", TestStudy.ExplicitLittleEndian));
        Assert.Equal(InstanceOutcome.Duplicate, result.Outcome);
        Assert.Equal(0, result.Status);
        Assert.Equal(Final, result.Path);
        Assert.Null(result.Warning);
        Assert.Equal(before, File.GetLastWriteTimeUtc(Final));
        Assert.Equal([Final], Files());
    }

    [Theory]
    [InlineData(new byte[] { 1, 2, 3, 5 })]
    [InlineData(new byte[] { 1, 2 })]
    [InlineData(new byte[] { 1, 2, 3, 4, 5, 6 })]
    public void KeepBoth_keeps_a_different_data_set_beside_the_first(byte[] other)
    {
        Store([1, 2, 3, 4]);
        var result = Store(other);
        Assert.Equal(InstanceOutcome.Stored, result.Outcome);
        Assert.Equal(_folder["a", "b", "1.2.3_2.dcm"], result.Path);
        Assert.Contains("1.2.3_2.dcm", result.Warning);
        Assert.Equal([1, 2, 3, 4], TestInstance.DataSetOf(Final));
        Assert.Equal(other, TestInstance.DataSetOf(result.Path!));
        // A third time the same: it is known under its suffix.
        var third = Store(other);
        Assert.Equal((InstanceOutcome.Duplicate, result.Path), (third.Outcome, third.Path));
        Assert.Equal(2, Files().Count);
    }

    [Theory]
    [InlineData("out/1.2.840.dcm", "out/1.2.840_2.dcm")]
    [InlineData("out/1.2.840", "out/1.2.840_2")]
    [InlineData("out/1.2.dcm/840", "out/1.2.dcm/840_2")]
    [InlineData("out/IM0001", "out/IM0001_2")]
    public void The_number_of_another_of_a_name_never_splits_a_UID(string path, string other) => Assert.Equal(other, InstanceFileWriter.WithSuffix(path, 2));

    [Fact]
    public void KeepBoth_takes_the_same_bytes_in_another_transfer_syntax_for_different()
    {
        Store([1, 2, 3, 4]);
        Assert.Equal(InstanceOutcome.Stored, Store([1, 2, 3, 4], syntax: TestStudy.ImplicitLittleEndian).Outcome);
    }

    [Fact]
    public void KeepBoth_sees_a_difference_in_the_last_byte_of_a_long_file()
    {
        var bytes = new byte[600_001];
        Store(bytes);
        bytes[^1] = 1;
        Assert.Equal(InstanceOutcome.Stored, Store(bytes).Outcome);
    }

    [Fact]
    public void KeepBoth_leaves_a_foreign_file_and_a_folder_of_the_name_alone()
    {
        Directory.CreateDirectory(_folder["a", "b", "1.2.3.dcm"]);
        File.WriteAllText(_folder["a", "b", "1.2.3_2.dcm"], "notes");
        Assert.Equal(_folder["a", "b", "1.2.3_3.dcm"], Store([1, 2]).Path);
        Assert.Equal("notes", File.ReadAllText(_folder["a", "b", "1.2.3_2.dcm"]));
    }

    [Fact]
    public void Overwrite_replaces_the_same_instance()
    {
        Store([1, 2, 3, 4]);
        var result = Store([5, 6], IfExists.Overwrite);
        Assert.Equal((InstanceOutcome.Stored, Final), (result.Outcome, result.Path));
        Assert.Equal([5, 6], TestInstance.DataSetOf(Final));
        Assert.Equal([Final], Files());
    }

    [Theory]
    [InlineData(nameof(IfExists.Overwrite))]
    [InlineData(nameof(IfExists.Skip))]
    public void Another_instance_of_the_same_name_is_never_replaced_nor_skipped(string rule)
    {
        // A layout without the instance's UID, or a file system that ignores case.
        Store([1, 2, 3, 4], uid: "9.9.9");
        var result = Store([5, 6], Enum.Parse<IfExists>(rule));
        Assert.Equal((InstanceOutcome.Stored, _folder["a", "b", "1.2.3_2.dcm"]), (result.Outcome, result.Path));
        Assert.NotNull(result.Warning);
        Assert.Equal([1, 2, 3, 4], TestInstance.DataSetOf(Final));
    }

    [Fact]
    public void Skip_writes_nothing_if_the_instance_is_there()
    {
        Store(s_whole);
        var writer = Open(IfExists.Skip);
        Write(writer, [5, 6]);
        Assert.Equal([Final], Files());
        var result = writer.Commit();
        Assert.Equal((InstanceOutcome.Duplicate, Final, 0), (result.Outcome, result.Path, (int)result.Status));
        Assert.Equal(s_whole, TestInstance.DataSetOf(Final));
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(0)]
    [InlineData(2)]
    public void Skip_warns_of_a_file_that_is_longer_or_shorter_than_what_came(int more)
    {
        Store(s_whole);
        var writer = Open(IfExists.Skip);
        Write(writer, new byte[s_whole.Length + more - 1]);
        Write(writer, [0]);
        var result = writer.Commit();
        Assert.Equal(InstanceOutcome.Duplicate, result.Outcome);
        Assert.Equal(more == 0, result.Warning is null);
        Assert.Equal(s_whole, TestInstance.DataSetOf(Final));
    }

    [Theory]
    [InlineData(13)]
    [InlineData(7)]
    [InlineData(0)]
    public void A_damaged_file_is_not_there_for_Skip(int length)
    {
        Store(s_whole[..length]);
        var result = Store(s_whole, IfExists.Skip);
        Assert.Equal((InstanceOutcome.Stored, _folder["a", "b", "1.2.3_2.dcm"]), (result.Outcome, result.Path));
        Assert.NotNull(result.Warning);
        Assert.Equal(s_whole[..length], TestInstance.DataSetOf(Final));
        // The whole one beside it is.
        var again = Store(s_whole, IfExists.Skip);
        Assert.Equal((InstanceOutcome.Duplicate, result.Path), (again.Outcome, again.Path));
    }

    [Fact]
    public void Skip_gives_way_to_one_that_came_meanwhile()
    {
        var writer = Open(IfExists.Skip);
        Write(writer, [5, 6]);
        Store(s_whole);
        Assert.Equal(InstanceOutcome.Duplicate, writer.Commit().Outcome);
        Assert.Equal([Final], Files());
    }

    [Fact]
    public void Fail_keeps_the_old_file_and_says_so()
    {
        Store([1, 2, 3, 4]);
        var result = Store([1, 2, 3, 4], IfExists.Fail);
        Assert.Equal((InstanceOutcome.Failed, (string?)null, StorageFault.DuplicateInstance), (result.Outcome, result.Path, result.Status));
        Assert.Contains("exists", result.Reason);
        Assert.Equal([Final], Files());
    }

    [Fact]
    public void A_destination_that_vanished_is_not_made_anew()
    {
        var gone = new DestinationFolder(_folder["gone"]);
        var target = new ReceiveTarget(gone, PathLayout.Default, IfExists.KeepBoth, FlushToDisk: false);
        Assert.Throws<DirectoryNotFoundException>(() => InstanceFileWriter.Open(target, Place, Uid, TestStudy.ExplicitLittleEndian, Head(Uid)));
        Assert.False(Directory.Exists(gone.FullPath));
    }

    [Fact]
    public void A_folder_that_may_not_be_written_is_an_error_and_leaves_nothing()
    {
        if (OperatingSystem.IsWindows() || Environment.UserName == "root")
            Assert.Skip("needs a user whom permissions bind");
        else
            File.SetUnixFileMode(_folder.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            Assert.Throws<UnauthorizedAccessException>(() => Open());
        }
        finally
        {
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(_folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void Flushing_changes_nothing_but_the_time_it_takes()
    {
        var target = Target(IfExists.KeepBoth) with { FlushToDisk = true };
        var writer = InstanceFileWriter.Open(target, Place, Uid, TestStudy.ExplicitLittleEndian, Head(Uid));
        Write(writer, [1, 2]);
        Assert.Equal(InstanceOutcome.Stored, writer.Commit().Outcome);
        Assert.Equal([1, 2], TestInstance.DataSetOf(Final));
    }

    // A folder that may be written and not be opened: its names change, and cannot be flushed.
    [Fact]
    public void What_cannot_be_flushed_is_no_success_though_it_is_whole_and_neither_is_finding_it_there()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("folders that may be written and not read are those of Linux");
        var folder = Directory.CreateDirectory(Path.GetDirectoryName(Final)!).FullName;
        Unprivileged.LetIn(_folder.Path, folder);
        Unprivileged.SetMode(folder, Unprivileged.WriteOnly);
        foreach (var rule in new[] { IfExists.KeepBoth, IfExists.KeepBoth, IfExists.Skip, IfExists.Overwrite })
        {
            var fault = Unprivileged.Run(() => Assert.Throws<IOException>(() => { Flushed(rule); }));
            Assert.Contains("is complete, and could not be flushed", fault.Message);
            Assert.Contains(Final, fault.Message);
            Assert.Equal(0x0110, StorageFault.StatusOf(fault));
            Assert.Equal(s_whole, TestInstance.DataSetOf(Final));
        }

        Unprivileged.SetMode(folder, Unprivileged.Everybody);
        Assert.Equal([Final], Files());
        Assert.Equal(InstanceOutcome.Duplicate, Unprivileged.Run(() => Flushed(IfExists.KeepBoth)).Outcome);
        Assert.Equal([Final], Files());

        CommitResult Flushed(IfExists rule)
        {
            var writer = InstanceFileWriter.Open(Target(rule) with { FlushToDisk = true }, Place, Uid, TestStudy.ExplicitLittleEndian, Head(Uid));
            try
            {
                Write(writer, s_whole);
                return writer.Commit();
            }
            catch
            {
                writer.Discard();
                throw;
            }
        }
    }

    [Fact]
    public void Different_files_of_one_name_are_kept_up_to_a_bound()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Final)!);
        File.WriteAllText(Final, "another");
        for (var number = 2; number < InstanceFileWriter.MostOfOneName; number++)
            File.WriteAllText(InstanceFileWriter.WithSuffix(Final, number), "another");
        Assert.Equal(InstanceFileWriter.WithSuffix(Final, InstanceFileWriter.MostOfOneName), Store([1]).Path);
        var writer = Open();
        Write(writer, [2]);
        Assert.Contains("no more are kept", Assert.Throws<IOException>(() => writer.Commit()).Message);
        writer.Discard();
        Assert.Equal(InstanceFileWriter.MostOfOneName, Files().Count);
        Assert.Equal(InstanceOutcome.Duplicate, Store([1]).Outcome);
    }

    [Fact]
    public void A_name_longer_than_the_file_system_takes_is_an_error_and_leaves_nothing()
    {
        var place = string.Join('/', Enumerable.Repeat(new string('a', 200), 30)) + "/1.dcm";
        var fault = Assert.ThrowsAny<Exception>(() => InstanceFileWriter.Open(Target(IfExists.KeepBoth), place, Uid, TestStudy.ExplicitLittleEndian, Head(Uid)));
        Assert.True(StorageFault.IsFileSystem(fault), fault.ToString());
        Assert.Equal(0x0110, StorageFault.StatusOf(fault));
        Assert.Empty(Files());
    }

    [Theory]
    [InlineData(28, 0xA700)]
    [InlineData(122, 0xA700)]
    [InlineData(27, 0xA700)]
    [InlineData(unchecked((int)0x80070070), 0xA700)]
    [InlineData(5, 0x0110)]
    public void A_full_disk_is_told_from_other_faults(int systemError, int status) =>
        Assert.Equal(status, StorageFault.StatusOf(new IOException("x", systemError)));

    [Fact]
    public void A_device_that_is_full_raises_the_fault_of_a_full_disk()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/dev/full"))
            Assert.Skip("this system has no /dev/full");
        // The device answers every write with ENOSPC: .NET's path and ours must call that the same.
        using var handle = File.OpenHandle("/dev/full", FileMode.Open, FileAccess.Write);
        var error = Assert.ThrowsAny<IOException>(() => RandomAccess.Write(handle, new byte[8192], 0));
        Assert.True(StorageFault.IsFull(error), $"{error.HResult}");
        error = Assert.ThrowsAny<IOException>(WriteByOurOwnCall);
        Assert.True(StorageFault.IsFull(error), $"{error.HResult}");

        unsafe void WriteByOurOwnCall()
        {
            var bytes = new byte[16];
            fixed (byte* start = bytes)
            {
                var vector = new IoVector((nint)start, 16);
                LinuxFile.WriteAll((int)handle.DangerousGetHandle(), &vector, 1, "/dev/full");
            }
        }
    }

    [Fact]
    public void Both_kinds_of_part_file_write_the_same()
    {
        var bytes = new byte[300_000];
        new Random(7).NextBytes(bytes);
        foreach (var file in new[] { PartFile.Create(_folder.Path), PartFile.CreatePortable(_folder.Path) })
        {
            file.Write([bytes.AsMemory(0, 7), default, bytes.AsMemory(7, 200_000)]);
            file.Write([bytes.AsMemory(200_007)]);
            file.FlushToDisk();
            Assert.Equal(bytes.Length, file.Length);
            file.Close();
            Assert.Equal(bytes, File.ReadAllBytes(file.Path));
            file.Discard();
            Assert.False(File.Exists(file.Path));
        }
    }

    [Fact]
    public void A_file_that_could_not_be_created_closes_no_descriptor_of_others()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("the direct system calls are for Linux");
        // The first descriptor of the process: whatever it is, it must be the same after finalizers ran.
        var before = new FileInfo("/proc/self/fd/0").LinkTarget;
        CreateManyThatFail();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.NotNull(before);
        Assert.Equal(before, new FileInfo("/proc/self/fd/0").LinkTarget);

        void CreateManyThatFail()
        {
            for (var i = 0; i < 20; i++)
                Assert.Throws<DirectoryNotFoundException>(() => PartFile.Create(_folder["none"]));
        }
    }

    [Fact]
    public void A_part_file_never_follows_or_truncates_what_is_there()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("the direct system calls are for Linux");
        var victim = _folder["victim"];
        File.WriteAllText(victim, "precious");
        File.CreateSymbolicLink(_folder["trap.part"], victim);
        Assert.Throws<IOException>(() => LinuxFile.CreateNew(_folder["trap.part"]));
        Assert.Equal("precious", File.ReadAllText(victim));
    }

    private string Final => _folder["a", "b", "1.2.3.dcm"];

    private List<string> Files() => [.. Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private ReceiveTarget Target(IfExists rule) => new(new DestinationFolder(_folder.Path), PathLayout.Default, rule, FlushToDisk: false);

    private InstanceFileWriter Open(IfExists rule = IfExists.KeepBoth, string uid = Uid, string syntax = TestStudy.ExplicitLittleEndian, byte[]? head = null) =>
        InstanceFileWriter.Open(Target(rule), Place, uid, syntax, head ?? Head(uid, syntax));

    private CommitResult Store(byte[] dataset, IfExists rule = IfExists.KeepBoth, string uid = Uid, string syntax = TestStudy.ExplicitLittleEndian, byte[]? head = null)
    {
        var writer = Open(rule, uid, syntax, head);
        Write(writer, dataset);
        return writer.Commit();
    }

    private static byte[] Head(string uid, string syntax = TestStudy.ExplicitLittleEndian) => TestInstance.FileHead(TestStudy.CTImageStorage, uid, syntax);

    private static void Write(InstanceFileWriter writer, byte[] bytes) => writer.Write([bytes.AsMemory(0, bytes.Length / 2), bytes.AsMemory(bytes.Length / 2)]);
}
