using System.Collections.Concurrent;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Storage;
using PacsTools.TestKit.Data;

namespace PacsTools.Services.Tests.Storage;

/// <summary>A Storage SCP that is stopped and started again while senders send.</summary>
public sealed class StorageStopTests : IDisposable
{
    private readonly ScpFixture _scps = new();

    public void Dispose() => _scps.Dispose();

    [Fact]
    public async Task What_was_acknowledged_before_a_stop_is_there_and_nothing_else_is_left()
    {
        List<TestInstance>[] work = [.. Enumerable.Range(1, 3).Select(n => TestStudy.Create(new TestStudyOptions { Seed = n, Instances = 60, Rows = 64, Columns = 64 * n }).ToList())];
        var acknowledged = new ConcurrentDictionary<string, byte>();
        var port = 0;
        long received = 0;
        using var over = new CancellationTokenSource();
        Task[]? senders = null;
        for (var round = 0; round < 5; round++)
        {
            // The same port: whoever sends need not be told.
            var scp = _scps.Start(o => o with { Port = port });
            port = scp.Port;
            senders ??= [.. work.Select(w => Task.Factory.StartNew(() => Send(w, port, acknowledged, over.Token), TaskCreationOptions.LongRunning))];
            var wanted = 4 * (round + 1);
            Assert.True(SpinWait.SpinUntil(() => scp.Received >= wanted, TimeSpan.FromSeconds(30)), "nothing arrives");
            scp.Stop();
            Assert.Equal((StorageScpState.Stopped, 0L, 0L), (scp.State, scp.Failed, scp.Refused));
            received += scp.Received;
            Assert.DoesNotContain(_scps.Files(), f => f.EndsWith(".part", StringComparison.Ordinal));
        }

        await over.CancelAsync();
        await Task.WhenAll(senders!);
        var known = work.SelectMany(w => w).ToDictionary(i => i.SOPInstanceUID);
        var files = _scps.Files().ToDictionary(f => Path.GetFileNameWithoutExtension(f)!);
        Assert.All(files, f => Assert.Equal(known[f.Key].DataSet, TestInstance.DataSetOf(f.Value)));
        Assert.All(acknowledged.Keys, uid => Assert.True(files.ContainsKey(uid)));
        // One that was received and not acknowledged comes again as a duplicate; none is counted that is not there.
        Assert.InRange(received, files.Count, long.MaxValue);
    }

    private static void Send(List<TestInstance> work, int port, ConcurrentDictionary<string, byte> acknowledged, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            try
            {
                using var client = StoreClient.Open(port, work);
                foreach (var instance in work.TakeWhile(_ => !over.IsCancellationRequested))
                {
                    if (client.Store(instance).Status == 0)
                        acknowledged[instance.SOPInstanceUID] = 0;
                }
            }
            catch (DicomException)
            {
                // Stopped, or not started again yet.
            }
        }
    }
}
