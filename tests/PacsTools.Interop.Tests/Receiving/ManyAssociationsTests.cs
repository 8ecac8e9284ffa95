using System.Globalization;
using PacsTools.Dicom.Errors;
using PacsTools.Interop.Tests.Services;
using PacsTools.Services.Storage;
using PacsTools.TestKit;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Peers;
using PacsTools.TestKit.Processes;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Interop.Tests.Receiving;

/// <summary>Fifty senders of three makes at a receiver that takes twenty-five.</summary>
public sealed class ManyAssociationsTests : IDisposable
{
    private const int Limit = 25, Each = 4;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(90);

    private readonly TemporaryFolder _folder = new("many");
    private readonly StorageScpRegistry _registry = new();
    private int _rejected;

    public void Dispose()
    {
        _registry.StopAll();
        _folder.Dispose();
    }

    [Fact]
    public async Task Those_over_the_limit_are_rejected_for_now_and_nothing_is_lost()
    {
        Requirement.Dcmtk();
        StorageScp scp = _registry.Start(new StorageScpOptions
        {
            Port = 0, BindAddress = System.Net.IPAddress.Loopback, Accept = StorageScpAccept.Any, Path = _folder["received"], MaxAssociations = Limit,
        });
        List<TestInstance>[] work = [.. Enumerable.Range(1, 50).Select(n => TestStudy.Create(TestStudy.Tiny(Each, seed: n)).ToList())];

        // Every place is taken: twenty-five of ours, each with an instance half done as far as the receiver knows.
        List<StoreSender> holders = [.. work.Take(Limit).Select(w => StoreSender.Open(scp.Port, scp.AETitle, w))];
        Assert.Equal(Limit, scp.Associations);

        // All the others ask, at once, and hear that it is not for good.
        Task[] others =
        [
            .. work.Skip(Limit).Take(10).Select((w, n) => StorescuAsync(scp, w, n)),
            .. work.Skip(Limit + 10).Take(8).Select(w => RawAsync(scp, w)),
            .. work.Skip(Limit + 18).Select(w => OursAsync(scp, w)),
        ];
        await Eventually.TrueAsync(() => Volatile.Read(ref _rejected) >= 25, "a rejection of each", Bound, () => $"{_rejected} rejections");

        // The places become free one after the other, and who tries again succeeds.
        foreach ((StoreSender holder, List<TestInstance> instances) in holders.Zip(work))
        {
            Assert.All(instances, i => Assert.Equal(0, holder.Store(i)));
            holder.Dispose();
        }
        await Task.WhenAll(others).WaitAsync(Bound);

        ReceivedFiles.AssertExactly(_folder["received"], work.SelectMany(w => w));
        Assert.Equal((50L * Each, 0L, 0L), (scp.Received, scp.Failed, scp.Refused));
        await Eventually.TrueAsync(() => scp.Associations == 0, "all gone");
        TestContext.Current.TestOutputHelper?.WriteLine($"{_rejected} rejections, {scp.TotalAssociations} associations, {scp.Received} instances");
    }

    private async Task StorescuAsync(StorageScp scp, List<TestInstance> work, int number)
    {
        string folder = _folder.Create("sent" + number.ToString(CultureInfo.InvariantCulture));
        foreach (TestInstance instance in work)
            instance.Save(folder);
        await RetryAsync(async () =>
        {
            ToolResult result = await Dcmtk.StorescuAsync(scp.Port, scp.AETitle, [folder], noDelay: true, ["--scan-directories"]);
            if (result.ExitCode == 0)
                return true;
            // Result, source and reason as DCMTK prints them.
            Assert.Contains("Rejected Transient", result.AllOutput, StringComparison.Ordinal);
            Assert.Contains("Service Provider (Presentation Related)", result.AllOutput, StringComparison.Ordinal);
            Assert.Contains("Local Limit Exceeded", result.AllOutput, StringComparison.Ordinal);
            return false;
        });
    }

    private Task OursAsync(StorageScp scp, List<TestInstance> work) => RetryAsync(() => Task.Run(() =>
    {
        StoreSender sender;
        try
        {
            sender = StoreSender.Open(scp.Port, scp.AETitle, work);
        }
        catch (AssociationRejectedException e)
        {
            Assert.Equal((2, 3, 2), (e.Result, e.RejectSource, e.Reason));
            return false;
        }
        using (sender)
            Assert.All(work, i => Assert.Equal(0, sender.Store(i)));
        return true;
    }));

    private Task RawAsync(StorageScp scp, List<TestInstance> work) => RetryAsync(async () =>
    {
        await using ScriptedConnection peer = await ScriptedConnection.ConnectAsync(scp.Port);
        RawPdu answer = await peer.RequestAssociationAsync(new RawAssociate
        {
            CalledAETitle = scp.AETitle,
            Contexts = [new RawContext(1, work[0].SOPClassUID, [work[0].TransferSyntaxUID])],
        });
        if (answer.Type == RawPdu.AssociateRj)
        {
            Assert.Equal([0, 2, 3, 2], answer.Body);
            return false;
        }
        ushort id = 0;
        foreach (TestInstance instance in work)
        {
            await peer.SendMessageAsync(1, RawCommand.Request(RawCommand.CStoreRq, ++id, instance.SOPClassUID, hasDataSet: true).Set(0x1000, instance.SOPInstanceUID), instance.DataSet);
            Assert.Equal((ushort?)0, (await peer.ReadMessageAsync()).Command.Status);
        }
        await peer.ReleaseAsync();
        return true;
    });

    // As a sender does that takes a transient rejection for what it is.
    private Task RetryAsync(Func<Task<bool>> attempt) => Eventually.TrueAsync(
        async () =>
        {
            bool done = await attempt();
            if (!done)
                Interlocked.Increment(ref _rejected);
            return done;
        },
        "a place",
        Bound);
}
