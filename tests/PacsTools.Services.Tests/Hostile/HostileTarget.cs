using Microsoft.Extensions.Time.Testing;
using PacsTools.TestKit;
using PacsTools.TestKit.Processes;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Services.Tests.Hostile;

/// <summary>What is attacked, one for all rows of a table: it has to outlive every one of them. Time passes only where a row says so.</summary>
public abstract class HostileTarget : IDisposable
{
    // What an association may cost whatever it sends: its thread's first buffers, and the receive buffer it grows to.
    private const long PerConnection = 512 << 10;

    // The scripts' own copies are in this too.
    private const long PerByte = 100;
    private const long AtAll = 12 << 20;

    // Pools keep some of the buffers that were handed back, and honest peers leave an entry in an index.
    private const long Kept = 8 << 20;

    private readonly List<ScriptedConnection> _connections = [];
    private long _sentBefore;
    private long _allocatedBefore;
    private long _liveBefore;
    private ProductResources _before = null!;
    private List<string> _remainsBefore = [];
    private int _connectionsBefore;

    internal TemporaryFolder Folder { get; } = new("hostile");

    internal FakeTimeProvider Time { get; } = new();

    /// <summary>Bytes that went out by other ways than <see cref="Track"/>.</summary>
    internal long SentBeside { get; set; }

    /// <summary>Connections that came about in other ways than <see cref="Track"/>.</summary>
    internal int ConnectionsBeside { get; set; }

    /// <summary>An honest peer comes and is served.</summary>
    internal abstract Task ServeHonestAsync();

    /// <summary>What is left of something that was not finished, in words; empty if nothing is.</summary>
    internal abstract IEnumerable<string> Remains();

    /// <summary>Counts what goes over a connection as received by the product.</summary>
    internal ScriptedConnection Track(ScriptedConnection connection)
    {
        lock (_connections)
            _connections.Add(connection);
        return connection;
    }

    internal virtual Task BeginAsync()
    {
        _before = ProductResources.Now();
        _connections.Clear();
        _sentBefore = SentBeside;
        _connectionsBefore = ConnectionsBeside;
        _remainsBefore = [.. Remains()];
        _liveBefore = GC.GetTotalMemory(forceFullCollection: true);
        _allocatedBefore = GC.GetTotalAllocatedBytes();
        return Task.CompletedTask;
    }

    /// <summary>Everything the row cost is gone again, and what was allocated is in proportion to what was sent.</summary>
    internal async Task EndAsync()
    {
        var allocated = GC.GetTotalAllocatedBytes() - _allocatedBefore;
        var sent = _connections.Sum(c => c.Sent) + SentBeside - _sentBefore;
        var connections = _connections.Count + ConnectionsBeside - _connectionsBefore;
        await ServeHonestAsync();
        await Eventually.TrueAsync(
            () => !Remains().Except(_remainsBefore).Any() && ProductResources.Now().IsWithin(_before),
            "nothing is left of the attack",
            details: () => $"{string.Join(", ", Remains())} {_before} {ProductResources.Now()}");
        var bound = AtAll + PerConnection * connections + PerByte * sent;
        Assert.True(allocated <= bound, $"{allocated:N0} bytes were allocated for {sent:N0} received on {connections} connections; the bound is {bound:N0}.");
        var live = GC.GetTotalMemory(forceFullCollection: true) - _liveBefore;
        Assert.True(live <= Kept, $"{live:N0} bytes are still held.");
    }

    /// <summary>Lets time pass until the task has ended.</summary>
    internal async Task<T> PassAsync<T>(Task<T> task, double seconds = 5)
    {
        await Eventually.TrueAsync(
            () =>
            {
                Time.Advance(TimeSpan.FromSeconds(seconds));
                return task.IsCompleted;
            },
            "time puts an end to it");
        return await task;
    }

    public virtual void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
