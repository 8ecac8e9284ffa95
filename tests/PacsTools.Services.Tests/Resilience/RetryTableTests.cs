using System.Collections;
using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using PacsTools.Services.Nodes;
using PacsTools.Services.Query;
using PacsTools.Services.Resilience;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Sending;
using PacsTools.Services.Simulation;
using PacsTools.Services.Storage;
using PacsTools.Services.Tests.Retrieve;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Processes;

namespace PacsTools.Services.Tests.Resilience;

/// <summary>
/// The retry table, row by row and operation by operation, against a simulator whose fault passes after a number of times: an operation that makes n tries gets
/// through a fault of n - 1 times and not through one of n. When it tries again is noted by the policy's clock.
/// </summary>
public sealed class RetryTableTests : IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMilliseconds(400);

    private readonly TemporaryFolder _folder = new("retry");
    private readonly StorageScpRegistry _scps = new();
    private readonly ConcurrentQueue<TimeSpan> _delays = [];

    // Seconds between the tries. A C-MOVE or C-GET falls silent here after its first instance; one that never brought any is not repeated (RetrieveRetryTests).
    public static TheoryData<string, string, double[]> Rows
    {
        get
        {
            var rows = new TheoryData<string, string, double[]>();
            foreach (var operation in new[] { "Find", "Move", "Get", "Store" })
            {
                rows.Add(operation, "RejectAssociation=TemporaryCongestion", [1, 2]);
                rows.Add(operation, "RejectAssociation=LocalLimitExceeded", [1, 2]);
                rows.Add(operation, "RejectAssociation=CalledAENotRecognized", []);
                rows.Add(operation, "RejectAssociation=CallingAENotRecognized", []);
                rows.Add(operation, "Status=A700", [5]);
                rows.Add(operation, "Status=C000", []);
                rows.Add(operation, "Status=0122", []);
                rows.Add(operation, "AbortAssociation=1", []);
                rows.Add(operation, "StallAfter=0", [0]);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task An_operation_is_tried_exactly_so_often(string operation, string fault, double[] delays)
    {
        var tries = delays.Length + 1;
        Assert.NotNull(await RunAsync(operation, fault, times: tries, retries: null));
        AssertDelays(delays);
        if (tries > 1)
        {
            Assert.Null(await RunAsync(operation, fault, times: tries - 1, retries: null));
            AssertDelays(delays);
            Assert.NotNull(await RunAsync(operation, fault, times: 1, retries: 0));
            AssertDelays([]);
        }
    }

    [Theory]
    [InlineData("Find")]
    [InlineData("Move")]
    [InlineData("Get")]
    [InlineData("Store")]
    public async Task Nobody_listening_is_a_network_error(string operation)
    {
        using var archive = new SimulatedArchive(null);
        Assert.NotNull(await RunAsync(operation, archive.Node with { Port = LoopbackPort.Closed() }, archive.StudyInstanceUID, null));
        AssertDelays([1, 2]);
        Assert.NotNull(await RunAsync(operation, archive.Node with { Port = LoopbackPort.Closed() }, archive.StudyInstanceUID, 4));
        AssertDelays([1, 2, 4, 8]);
    }

    public void Dispose()
    {
        _scps.StopAll();
        _folder.Dispose();
    }

    private async Task<Exception?> RunAsync(string operation, string fault, int times, int? retries)
    {
        var knob = fault.Split('=');
        object value = knob[0] switch { "StallAfter" => 0, "AbortAssociation" => true, _ => knob[1] };
        var faults = FaultParser.Parse(new Hashtable { [knob[0]] = value, ["Times"] = times, ["Only"] = new[] { operation } });
        using var archive = new SimulatedArchive(null, faults, resolve: title => _scps.All.FirstOrDefault(s => s.AETitle == title) is { } scp ? new MoveTarget("127.0.0.1", scp.Port) : null);
        return await RunAsync(operation, archive.Node, archive.StudyInstanceUID, retries);
    }

    private async Task<Exception?> RunAsync(string operation, PacsNode node, string study, int? retries)
    {
        _delays.Clear();
        node = node with { Timeout = s_timeout };
        var retry = new RetryPolicy(retries, new NoWaiting(_delays), () => 0.5);
        try
        {
            return await (operation switch
            {
                "Find" => FindAsync(node, study, retry),
                "Store" => StoreAsync(node, retry),
                _ => RetrieveAsync(node, study, retry, operation == "Move" ? RetrieveMethod.CMove : RetrieveMethod.CGet),
            });
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            return e;
        }
    }

    private static async Task<Exception?> FindAsync(PacsNode node, string study, RetryPolicy retry)
    {
        var finder = new QueryFinder(new FindScu(DirectAssociations.Default));
        var found = 0;
        await foreach (var result in finder.FindAsync(node, new StudyQuery { StudyInstanceUID = [study], Retry = retry }, NoJobLog.Instance))
            found++;
        Assert.Equal(1, found);
        return null;
    }

    private async Task<Exception?> RetrieveAsync(PacsNode node, string study, RetryPolicy retry, RetrieveMethod method)
    {
        var scp = _scps.All.FirstOrDefault() ?? _scps.Start(new StorageScpOptions { AETitle = "STORE_SCP", Port = 0, BindAddress = IPAddress.Loopback });
        var report = await new RetrieveCoordinator(DirectAssociations.Default, _scps).Start(
            new RetrieveRequest
            {
                Node = node,
                StudyInstanceUID = study,
                Destination = _folder.Create(Guid.NewGuid().ToString("N")),
                Method = method,
                Scp = new StorageScpChoice(scp),
                NoVerify = true,
                Retry = retry,
            },
            NoJobLog.Instance,
            CancellationToken.None).DrainAsync();
        return report.Error;
    }

    private async Task<Exception?> StoreAsync(PacsNode node, RetryPolicy retry)
    {
        var paths = Channel.CreateUnbounded<string>();
        foreach (var file in TestStudy.Save(TestStudy.Tiny(1, 1), _folder.Create(Guid.NewGuid().ToString("N"))))
            paths.Writer.TryWrite(file);
        paths.Writer.Complete();
        Exception? error = null;
        await foreach (var report in new FileSender().SendAsync(new SendRequest { Node = node, Retry = retry }, paths.Reader, NoJobLog.Instance, CancellationToken.None))
            error ??= report.Error;
        return error;
    }

    private void AssertDelays(double[] delays) =>
        Assert.Equal(delays.Where(d => d > 0), _delays.Where(d => d > TimeSpan.Zero).Select(d => d.TotalSeconds));
}
