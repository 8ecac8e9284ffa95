using System.Net;
using Microsoft.Extensions.Time.Testing;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Network;
using PacsTools.Services.Nodes;
using PacsTools.Services.Observation;
using PacsTools.TestKit;

namespace PacsTools.Services.Tests.Nodes;

/// <summary>
/// The pool and the logs of the jobs that use it. A log may wait for whoever reads it, who may be waiting for an association himself
/// (Find-DicomStudy | Receive-DicomStudy with -Verbose), so nobody else may have to wait meanwhile.
/// </summary>
public sealed class PoolAndJobLogTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private static readonly ProposedContext[] s_echo = Kind(DicomUids.Verification);

    private readonly DicomListener _listener;
    private readonly List<Association> _served = [];

    public PoolAndJobLogTests() => _listener = DicomListener.Start(new ListenerOptions
    {
        BindAddress = IPAddress.Loopback,
        IdleTimeout = Timeout.InfiniteTimeSpan,
        OnRequest = r => AcceptDecision.Accept(r, static (_, syntaxes) => syntaxes[0]),
        OnAssociation = Serve,
    });

    private PacsNode Node => new() { HostName = "127.0.0.1", Port = _listener.Port, CallingAETitle = "US" };

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task A_job_that_cannot_speak_of_a_dead_association_holds_up_nobody()
    {
        var pool = new AssociationPool(DirectAssociations.Default, new FakeTimeProvider());
        using var log = new BlockedLog(" ended: ");
        var ours = Use(pool, s_echo);
        lock (_served)
            _served.ForEach(a => a.Abort());
        await Eventually.TrueAsync(() => !ours.IsIdleAndAlive, "the end of the association has arrived");

        var speaking = InJob(log, () => Use(pool, s_echo));
        Assert.True(await log.Blocked.WaitAsync(s_patience, TestContext.Current.CancellationToken));
        await InJob(NoJobLog.Instance, () => Use(pool, s_echo)).WaitAsync(s_patience, TestContext.Current.CancellationToken);

        log.Go();
        await speaking.WaitAsync(s_patience, TestContext.Current.CancellationToken);
        pool.Clear();
    }

    [Fact]
    public async Task To_make_room_is_no_remark_of_the_job_that_needs_it()
    {
        var pool = new AssociationPool(DirectAssociations.Default, new FakeTimeProvider());
        using var log = new BlockedLog(" released.");
        for (var i = 1; i <= AssociationPool.MaxPerNode; i++)
            Use(pool, Kind($"1.2.3.{i}"));

        await InJob(log, () => Use(pool, Kind("1.2.3.6"))).WaitAsync(s_patience, TestContext.Current.CancellationToken);

        Assert.Equal(AssociationPool.MaxPerNode, pool.Open);
        Assert.Equal(0, log.Blocked.CurrentCount);
        pool.Clear();
    }

    [Fact]
    public async Task The_look_at_idle_associations_belongs_to_no_job()
    {
        var time = new EarlyLook();
        var pool = new AssociationPool(DirectAssociations.Default, time);
        await InJob(new RecordingLog(), () => Use(pool, s_echo));

        Assert.Null(await time.JobOfTheLook.WaitAsync(s_patience, TestContext.Current.CancellationToken));
        pool.Clear();
    }

    private static ProposedContext[] Kind(string sopClass) => [new(sopClass, [DicomUids.ImplicitVRLittleEndian])];

    private static Task InJob(IJobLog log, Action work) => Task.Run(() =>
    {
        JobVoice.Follow(log);
        work();
    });

    private Association Use(AssociationPool pool, ProposedContext[] contexts) => pool.Use(Node, contexts, association => association, CancellationToken.None);

    private void Serve(Association association)
    {
        lock (_served)
            _served.Add(association);
        while (association.Receive() is not null)
        {
        }
    }

    /// <summary>Waits with remarks that hold a text until it may go on, as a pipeline does whose reader is busy.</summary>
    private sealed class BlockedLog(string text) : IJobLog, IDisposable
    {
        private readonly ManualResetEventSlim _go = new();

        public SemaphoreSlim Blocked { get; } = new(0);

        public void Go() => _go.Set();

        public void Warning(string id, string text)
        {
        }

        public void Verbose(string remark)
        {
            if (!remark.Contains(text, StringComparison.Ordinal))
                return;
            Blocked.Release();
            _go.Wait();
        }

        public void Progress(JobProgress progress)
        {
        }

        public void Dispose() => _go.Set();
    }

    /// <summary>A clock on which the first look comes at once, and which keeps whose job it was that asked for the second.</summary>
    private sealed class EarlyLook : TimeProvider
    {
        private readonly TaskCompletionSource<IJobLog?> _job = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _looks;

        public Task<IJobLog?> JobOfTheLook => _job.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (Interlocked.Increment(ref _looks) == 1)
                return System.CreateTimer(callback, state, TimeSpan.Zero, period);
            _job.TrySetResult(JobVoice.Current);
            return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
        }
    }
}
