using System.Net;
using Microsoft.Extensions.Time.Testing;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;
using PacsTools.Services.Nodes;
using PacsTools.TestKit;
using PacsTools.TestKit.Processes;

namespace PacsTools.Services.Tests.Nodes;

/// <summary>A pool against a listener that counts what is opened and how it ends.</summary>
public sealed class AssociationPoolTests : IDisposable
{
    private static readonly ProposedContext[] Echo = [new(DicomUids.Verification, [DicomUids.ImplicitVRLittleEndian])];
    private static readonly ProposedContext[] Find = [new(DicomUids.StudyRootFind, [DicomUids.ImplicitVRLittleEndian])];

    private readonly FakeTimeProvider _time = new();
    private readonly AssociationPool _pool;
    private readonly DicomListener _listener;
    private readonly List<Association> _served = [];
    private int _opened;
    private int _released;

    public AssociationPoolTests()
    {
        _pool = new AssociationPool(DirectAssociations.Default, _time);
        _listener = DicomListener.Start(new ListenerOptions
        {
            BindAddress = IPAddress.Loopback,
            IdleTimeout = Timeout.InfiniteTimeSpan,
            OnRequest = r => AcceptDecision.Accept(r, static (_, syntaxes) => syntaxes[0]),
            OnAssociation = Serve,
        });
    }

    private PacsNode Node => new() { HostName = "127.0.0.1", Port = _listener.Port, CallingAETitle = "US" };

    public void Dispose()
    {
        _pool.Clear();
        _listener.Dispose();
    }

    [Fact]
    public void A_thousand_operations_one_after_the_other_open_one_association()
    {
        for (var i = 0; i < 1000; i++)
        {
            Assert.Equal(0, EchoOnce());
        }

        AssertOpened(1);
        Assert.Equal(1, _pool.Open);
    }

    [Fact]
    public void Other_contexts_or_another_calling_title_get_their_own()
    {
        EchoOnce();
        _pool.Use(Node, Find, _ => 0, CancellationToken.None);
        _pool.Use(Node with { CallingAETitle = "OTHER" }, Echo, _ => 0, CancellationToken.None);
        EchoOnce();
        AssertOpened(3);
    }

    [Fact]
    public async Task Never_more_than_five_with_a_node_the_next_waits_for_a_place()
    {
        using var hold = new SemaphoreSlim(0);
        using var inside = new SemaphoreSlim(0);
        var most = 0;
        var users = Enumerable.Range(0, 8).Select(_ => Start(() => _pool.Use(
            Node,
            Echo,
            _ =>
            {
                InterlockedMax(ref most, _listener.ActiveAssociations);
                inside.Release();
                hold.Wait(TimeSpan.FromSeconds(20));
                return 0;
            },
            CancellationToken.None))).ToArray();
        for (var i = 0; i < 5; i++)
        {
            Assert.True(await inside.WaitAsync(TimeSpan.FromSeconds(20)));
        }

        Assert.Equal(5, _pool.Open);
        hold.Release(8);
        await Task.WhenAll(users).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.InRange(Volatile.Read(ref most), 1, 5);
        AssertOpened(5);
    }

    [Fact]
    public async Task Idle_ones_make_room_for_other_contexts()
    {
        ProposedContext[][] kinds = [.. Enumerable.Range(1, 7).Select(i => new[] { new ProposedContext($"1.2.3.{i}", [DicomUids.ImplicitVRLittleEndian]) })];
        foreach (var kind in kinds)
        {
            _pool.Use(Node, kind, _ => 0, CancellationToken.None);
            Assert.InRange(_pool.Open, 1, 5);
        }

        await Eventually.TrueAsync(() => _listener.ActiveAssociations == 5, "the oldest were released");
    }

    [Fact]
    public void A_stale_one_is_replaced_in_silence()
    {
        EchoOnce();
        AssertOpened(1);
        AbortServed();
        Assert.Equal(0, EchoOnce());
        AssertOpened(2);
    }

    [Fact]
    public void One_that_dies_before_it_answers_is_replaced_once_and_a_new_one_is_not()
    {
        EchoOnce();
        var tries = 0;
        Assert.Throws<DicomNetworkException>(() => _pool.Use<int>(
            Node,
            Echo,
            association =>
            {
                tries++;
                association.Abort();
                throw new DicomNetworkException("gone", true) { Failure = NetworkFailure.ConnectionLost };
            },
            CancellationToken.None));
        Assert.Equal(2, tries);
    }

    [Fact]
    public void Nothing_is_answered_twice()
    {
        EchoOnce();
        var tries = 0;
        Assert.Throws<DicomNetworkException>(() => _pool.Use<int>(
            Node,
            Echo,
            association =>
            {
                tries++;
                EchoOn(association);
                throw new DicomNetworkException("gone", true) { Failure = NetworkFailure.ConnectionLost };
            },
            CancellationToken.None));
        Assert.Equal(1, tries);
    }

    [Fact]
    public async Task After_an_error_it_is_released_or_aborted_and_never_used_again()
    {
        Assert.Throws<DimseStatusException>(() => _pool.Use<int>(Node, Echo, _ => throw new DimseStatusException(0xC000, "no"), CancellationToken.None));
        Assert.Equal(0, _pool.Open);
        await Eventually.TrueAsync(() => Volatile.Read(ref _released) == 1, "a failure status ends in a release");
        Assert.Throws<InvalidOperationException>(() => _pool.Use<int>(Node, Echo, _ => throw new InvalidOperationException(), CancellationToken.None));
        Assert.Equal(0, _pool.Open);
        EchoOnce();
        AssertOpened(3);
    }

    [Fact]
    public async Task Five_minutes_without_use_end_in_a_release()
    {
        EchoOnce();
        _time.Advance(TimeSpan.FromSeconds(200));
        EchoOnce();
        _time.Advance(TimeSpan.FromSeconds(299));
        Assert.Equal(1, _pool.Open);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, _pool.Open);
        await Eventually.TrueAsync(() => Volatile.Read(ref _released) == 1, "the idle association is released");
    }

    [Fact]
    public async Task What_the_peer_has_ended_does_not_lie_here_until_its_time_is_over()
    {
        EchoOnce();
        Association ours = _pool.Use(Node, Echo, association => association, CancellationToken.None);
        AbortServed();
        await Eventually.TrueAsync(() => !ours.IsIdleAndAlive, "the end of the association has arrived");
        _time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(0, _pool.Open);
        Assert.False(ours.IsUsable);
    }

    [Fact]
    public async Task A_node_is_forgotten_with_its_last_association_and_found_again()
    {
        EchoOnce();
        Assert.Equal(1, _pool.Nodes);
        _time.Advance(AssociationPool.IdleLimit);
        Assert.Equal(0, _pool.Nodes);
        await Eventually.TrueAsync(() => Volatile.Read(ref _released) == 1, "the idle association is released");
        Assert.Throws<DicomNetworkException>(() => _pool.Use(Node with { Port = LoopbackPort.Closed() }, Echo, _ => 0, CancellationToken.None));
        Assert.Equal(0, _pool.Nodes);
        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ =>
        {
            EchoOnce();
            _pool.Clear();
        });
        Assert.Equal(0, EchoOnce());
        _pool.Clear();
        Assert.Equal((0, 0), (_pool.Nodes, _pool.Open));
    }

    [Fact]
    public async Task Clear_releases_what_lies_idle()
    {
        EchoOnce();
        _pool.Clear();
        await Eventually.TrueAsync(() => Volatile.Read(ref _released) == 1, "the association is released");
        Assert.Equal(0, _pool.Open);
    }

    [Fact]
    public async Task What_a_node_has_idle_can_be_ended_and_that_of_others_stays()
    {
        EchoOnce();
        var other = Node with { CalledAETitle = "OTHER" };
        _pool.Use(other, Echo, _ => 0, CancellationToken.None);
        _pool.EndIdle(Node);
        await Eventually.TrueAsync(() => Volatile.Read(ref _released) == 1, "the idle association is released");
        Assert.Equal(1, _pool.Open);
        _pool.EndIdle(Node with { Port = 1 });
    }

    [Fact]
    public async Task Whoever_was_stopped_meanwhile_leaves_nothing_idle()
    {
        using var stop = new CancellationTokenSource();
        _pool.Use(
            Node,
            Echo,
            association =>
            {
                stop.Cancel();
                return EchoOn(association);
            },
            stop.Token);
        Assert.Equal(0, _pool.Open);
        await Eventually.TrueAsync(() => Volatile.Read(ref _released) == 1, "the association is released");
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
        }
    }

    private static Task<int> Start(Func<int> work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static int EchoOn(Association association)
    {
        using var watch = association.Watch("Echo", TimeSpan.FromSeconds(20));
        association.Send(association.GetContext(DicomUids.Verification), new CEchoRequest(association.NextMessageId()).ToCommandSet());
        return association.Receive()!.Command.Status!.Value;
    }

    private int EchoOnce() => _pool.Use(Node, Echo, EchoOn, CancellationToken.None);

    // The listener's thread counts an association a moment after the requestor has its answer.
    private void AssertOpened(int expected)
    {
        SpinWait.SpinUntil(() => Volatile.Read(ref _opened) >= expected, TimeSpan.FromSeconds(20));
        Assert.Equal(expected, Volatile.Read(ref _opened));
    }

    private void AbortServed()
    {
        lock (_served)
        {
            _served.ForEach(a => a.Abort());
        }

        // Both ends are this process: the abort has reached our socket when the listener counts nothing any more.
        SpinWait.SpinUntil(() => _listener.ActiveAssociations == 0, TimeSpan.FromSeconds(20));
    }

    private void Serve(Association association)
    {
        Interlocked.Increment(ref _opened);
        lock (_served)
        {
            _served.Add(association);
        }

        while (association.Receive() is { } message)
        {
            association.Send(message.Context, new CEchoResponse(message.Command.MessageId!.Value, 0).ToCommandSet());
        }

        Interlocked.Increment(ref _released);
    }
}
