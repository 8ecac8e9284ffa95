using PacsTools.Services.Copying;
using PacsTools.Services.Storage;
using PacsTools.TestKit;
using PacsTools.TestKit.Processes;

namespace PacsTools.Services.Tests.Copying;

/// <summary>How much lies between two archives, and how the first is held up without losing patience.</summary>
public sealed class CopySpoolTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("spool");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void There_is_room_until_it_is_full()
    {
        using var spool = Fill(CopySpool.MaxFiles, 1);
        Assert.Equal(0, Signs(spool));
    }

    [Theory]
    [InlineData(CopySpool.MaxFiles + 1, 1)]
    [InlineData(2, CopySpool.MaxBytes)]
    public void A_full_one_lets_a_drop_in_now_and_then(int files, long length)
    {
        using var spool = Fill(files, length);
        Assert.Equal(4, Signs(spool));
    }

    [Fact]
    public void One_file_may_be_larger_than_all_bounds()
    {
        using var spool = Fill(1, 100 * CopySpool.MaxBytes);
        Assert.Equal(4, Signs(spool));
    }

    [Theory]
    [InlineData((2 * CopySpool.MaxFiles) + 1, 1)]
    [InlineData(4, CopySpool.MaxBytes)]
    public async Task Twice_as_full_it_lets_nothing_in_until_something_has_gone(int files, long length)
    {
        using var spool = Fill(files, length);
        using var stop = new CancellationTokenSource();
        var signs = 0;
        var waiting = Task.Run(() => spool.WaitForRoom(() => Interlocked.Increment(ref signs), stop.Token));
        await Eventually.TrueAsync(() => Volatile.Read(ref signs) > 10, "somebody is told that we are alive");
        Assert.False(waiting.IsCompleted);
        for (var i = 0; i < files; i++)
            spool.Remove(Name(spool, i));
        await waiting.WaitAsync(Eventually.DefaultBound);
    }

    [Fact]
    public async Task Nobody_waits_longer_than_the_copy_lasts()
    {
        using var spool = Fill(1000, 1);
        using var stop = new CancellationTokenSource();
        var waiting = Task.Run(() => spool.WaitForRoom(() => { }, stop.Token));
        await stop.CancelAsync();
        await waiting.WaitAsync(Eventually.DefaultBound);
    }

    [Fact]
    public void It_goes_with_all_that_is_in_it()
    {
        var spool = Fill(1, 1);
        File.WriteAllText(Path.Combine(spool.Folder, "x.part"), "half");
        spool.Dispose();
        Assert.False(Directory.Exists(spool.Folder));
    }

    private CopySpool Fill(int files, long length)
    {
        var spool = new CopySpool(_folder.Path, TimeSpan.FromMilliseconds(1));
        for (var i = 0; i < files; i++)
            spool.Enter(new DicomInstanceFile { SOPInstanceUID = $"1.{i}", Path = Name(spool, i), Length = length });
        return spool;
    }

    private static int Signs(CopySpool spool)
    {
        var signs = 0;
        spool.WaitForRoom(() => signs++, CancellationToken.None);
        return signs;
    }

    private static string Name(CopySpool spool, int number) => Path.Combine(spool.Folder, $"1.{number}.dcm");
}
