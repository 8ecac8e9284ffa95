using PacsTools.Dicom.Data;
using PacsTools.Services.Query;

namespace PacsTools.Services.Tests.Query;

public class MatchQueueTests
{
    private const int Quarter = (int)(MatchQueue.MostBytes / 4);

    private readonly MatchQueue _queue = new();

    [Fact]
    public async Task Bytes_ahead_of_the_consumer_are_bounded_too()
    {
        for (var i = 0; i < 4; i++)
            _queue.Enqueue(Match(Quarter), CancellationToken.None);

        // No room, and nobody who would make some.
        _queue.Enqueue(Match(2), new CancellationToken(canceled: true));
        Assert.Equal(4, _queue.Count);

        var waiting = Task.Run(() => _queue.Enqueue(Match(Quarter), CancellationToken.None), TestContext.Current.CancellationToken);
        Assert.True(_queue.TryRead(out _));
        await waiting.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal(4, _queue.Count);
    }

    [Fact]
    public void One_match_longer_than_the_bound_passes_alone()
    {
        _queue.Enqueue(Match((int)MatchQueue.MostBytes * 3), CancellationToken.None);
        _queue.Enqueue(Match(2), new CancellationToken(canceled: true));
        Assert.Equal(1, _queue.Count);
        Assert.True(_queue.TryRead(out _));
        _queue.Enqueue(Match(2), CancellationToken.None);
        Assert.Equal(1, _queue.Count);
    }

    [Fact]
    public async Task Who_waits_for_room_is_woken_when_nobody_reads_any_more()
    {
        using var over = new CancellationTokenSource();
        _queue.Enqueue(Match((int)MatchQueue.MostBytes), CancellationToken.None);
        var waiting = Task.Run(() => _queue.Enqueue(Match(2), over.Token), TestContext.Current.CancellationToken);
        await over.CancelAsync();
        await waiting.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal(1, _queue.Count);
    }

    private static FindMatch Match(int length) => new(new DicomDataset(), FindStatus.Pending, 0, []) { Length = length };
}
