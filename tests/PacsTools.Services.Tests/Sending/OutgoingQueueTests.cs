using PacsTools.Dicom.Data;
using PacsTools.Services.Sending;
using PacsTools.TestKit;

namespace PacsTools.Services.Tests.Sending;

public sealed class OutgoingQueueTests
{
    [Fact]
    public async Task A_scan_that_had_to_wait_goes_on_when_half_of_it_is_taken()
    {
        var queue = new OutgoingQueue(CancellationToken.None);
        var added = 0;
        var scan = Task.Factory.StartNew(
            () =>
            {
                for (var i = 0; i < OutgoingQueue.Capacity + 10; i++)
                {
                    queue.Add(File(i));
                    Volatile.Write(ref added, i + 1);
                }

                queue.Complete();
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        await Eventually.TrueAsync(() => Volatile.Read(ref added) == OutgoingQueue.Capacity, "the queue is full");
        for (var i = 0; i < OutgoingQueue.Capacity / 2; i++)
        {
            Assert.Equal($"{i}", queue.Take(null, TimeSpan.Zero)!.Path);
            queue.Done();
        }

        await scan.WaitAsync(TimeSpan.FromSeconds(30));
        var rest = 0;
        while (queue.Take(null, TimeSpan.Zero) is not null)
        {
            rest++;
            queue.Done();
        }

        Assert.Equal((OutgoingQueue.Capacity / 2) + 10, rest);
    }

    [Fact]
    public void The_bytes_of_small_files_are_held_up_to_a_bound_and_again_once_others_have_gone()
    {
        var queue = new OutgoingQueue(CancellationToken.None);
        OutgoingFile[] files = [.. Enumerable.Range(0, 300).Select(i => File(i, held: 32 << 10))];
        foreach (var file in files)
        {
            queue.Add(file);
        }

        // 8 MiB are 256 of them.
        Assert.Equal(256, files.Count(f => f.Content is not null));
        for (var i = 0; i < 256; i++)
        {
            queue.Take(null, TimeSpan.Zero);
            queue.Done();
        }

        var late = File(300, held: 32 << 10);
        queue.Add(late);
        Assert.NotNull(late.Content);
    }

    [Fact]
    public void What_is_given_back_comes_first_with_its_bytes()
    {
        var queue = new OutgoingQueue(CancellationToken.None);
        queue.Add(File(1, held: 10));
        queue.Add(File(2));
        var first = queue.Take(null, TimeSpan.Zero)!;
        queue.GiveBack(first);
        Assert.Same(first, queue.Take(null, TimeSpan.Zero));
        Assert.NotNull(first.Content);
    }

    private static OutgoingFile File(int number, int held = 0) => new($"{number}", "1.2.840.10008.5.1.4.1.1.2", $"1.2.{number}", TransferSyntax.ExplicitVRLittleEndian, 0)
    {
        Content = held > 0 ? new byte[held] : null,
    };
}
