namespace PacsTools.Benchmarks.Running;

/// <summary>What a benchmark started, put away in reverse order.</summary>
internal sealed class Resources : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> _items = new();

    public T Add<T>(T item)
        where T : IAsyncDisposable
    {
        _items.Push(item);
        return item;
    }

    public async ValueTask DisposeAsync()
    {
        while (_items.TryPop(out IAsyncDisposable? item))
            await item.DisposeAsync();
    }
}
