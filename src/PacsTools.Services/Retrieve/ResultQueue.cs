using System.Threading.Channels;
using PacsTools.Services.Storage;

namespace PacsTools.Services.Retrieve;

/// <summary>Results on their way to the consumer, so many at most: a slow one slows the archive down.</summary>
internal sealed class ResultQueue(int length)
{
    private readonly Channel<DicomInstanceFile> _files = Channel.CreateBounded<DicomInstanceFile>(new BoundedChannelOptions(length) { SingleReader = true });

    /// <summary>The consumer's end, in the order of arrival.</summary>
    public ChannelReader<DicomInstanceFile> Reader => _files.Reader;

    /// <summary>Hands on what arrived; blocks the thread it arrived on until there is room.</summary>
    /// <param name="file">What arrived.</param>
    /// <param name="patience">How long to wait at a time.</param>
    /// <param name="whileWaiting">Called after each such time.</param>
    /// <param name="over">The consumer has gone: the result is dropped, the file stays.</param>
    public void Enqueue(DicomInstanceFile file, TimeSpan patience, Action whileWaiting, CancellationToken over)
    {
        try
        {
            while (!_files.Writer.TryWrite(file))
            {
                var room = _files.Writer.WaitToWriteAsync(over).AsTask();
                while (!room.Wait(patience))
                    whileWaiting();
                if (!room.Result)
                    return;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or AggregateException { InnerException: OperationCanceledException })
        {
            // Nobody reads any more.
        }
    }

    /// <summary>Hands on what no arrival brought.</summary>
    public ValueTask WriteAsync(DicomInstanceFile file, CancellationToken cancellationToken) => _files.Writer.WriteAsync(file, cancellationToken);

    /// <summary>Nothing follows.</summary>
    public void Complete() => _files.Writer.TryComplete();
}
