using System.Threading.Channels;
using PacsTools.TestKit;

namespace PacsTools.Services.Tests;

public sealed class BurstReaderTests
{
    [Fact]
    public async Task Everything_comes_in_its_order_and_then_the_end()
    {
        var channel = Channel.CreateBounded<int>(16);
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 1000; i++)
                await channel.Writer.WriteAsync(i);
            channel.Writer.Complete();
        });
        List<int> read = [];
        await foreach (var item in channel.Reader.ReadInBurstsAsync())
            read.Add(item);
        await writing;
        Assert.Equal(Enumerable.Range(0, 1000), read);
    }

    [Fact]
    public async Task What_ended_the_writer_reaches_the_reader()
    {
        var channel = Channel.CreateUnbounded<int>();
        channel.Writer.TryWrite(1);
        channel.Writer.Complete(new InvalidOperationException("broken"));
        await using var all = channel.Reader.ReadInBurstsAsync().GetAsyncEnumerator();
        Assert.True(await all.MoveNextAsync());
        Assert.Equal("broken", (await Assert.ThrowsAsync<InvalidOperationException>(async () => await all.MoveNextAsync())).Message);
    }

    [Fact]
    public async Task Cancelling_ends_it_while_nothing_comes()
    {
        var channel = Channel.CreateUnbounded<int>();
        using var cancel = new CancellationTokenSource();
        var reading = Task.Run(async () =>
        {
            await foreach (var item in channel.Reader.ReadInBurstsAsync(cancel.Token))
                _ = item;
        });
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }
}
