using PacsTools.Dicom.Data;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Tests.Storage;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Scripting;
using static PacsTools.Services.Tests.Hostile.Acceptors;

namespace PacsTools.Services.Tests.Hostile;

/// <summary>What an archive can do to one kind of requestor.</summary>
internal static class ScuOperationRows
{
    public static IReadOnlyList<HostileRow<ScuTarget>> All { get; } =
    [
        new("C-FIND: never stops sending matches", "500 matches, then C-CANCEL-RQ, A-ABORT 0/0 (by the application), closed", async t =>
        {
            var heard = new TaskCompletionSource<string>();
            await using var peer = t.Listen(AcceptThen(async (c, r) => heard.SetResult(await ForEverAsync(c, Response(r, 0xFF00, dataSet: Match())))));
            var (matches, _) = await t.PassAsync(ScuOperation.FindAsync(t, peer.Port, 500), 0.05);
            return $"{matches} matches, then {await t.PassAsync(heard.Task, 0.5)}";
        }),
        new("C-FIND: answers 5,000 times for another message, then for ours", "success", t => t.RunAsync(ScuOperation.Find, AcceptThen(async (c, r) =>
        {
            await c.SendAsync((byte[])[.. Enumerable.Repeat(Response(r, change: x => x.Set(0x0120, 999)), 5000).SelectMany(b => b)]);
            await c.SendAsync(Response(r));
            await c.AnswerReleaseAsync();
        }))),
        new("C-FIND: sends matches with sequences 100,000 deep, keys of 4 GB, and nothing", "3 matches, success", async t =>
        {
            await using var peer = t.Listen(AcceptThen(async (c, r) =>
            {
                await c.SendMessageAsync(r.ContextId, r.Command.Response(0xFF00, hasDataSet: true), Bytes.Nested(100_000));
                await c.SendAsync(Response(r, 0xFF00, dataSet: RawDataSet.Header(0x00080052, "CS", 0xFFFFFFFE, explicitVR: false)));
                await c.SendAsync(Response(r, 0xFF00, dataSet: []));
                await c.SendAsync(Response(r, 0xFF00));
                await c.SendAsync(Response(r));
                await c.AnswerReleaseAsync();
            }));
            var (matches, error) = await ScuOperation.FindAsync(t, peer.Port, int.MaxValue);
            return $"{matches} matches, {Told.Describe(error)}";
        }),
        new("C-FIND: sends a match of 65 MB", "Data", t => t.RunAsync(ScuOperation.Find, AcceptThen(async (c, r) =>
        {
            await c.SendMessageAsync(r.ContextId, r.Command.Response(0xFF00, hasDataSet: true), new byte[65 << 20], fragment: 200_000);
            await c.AnswerReleaseAsync();
        }))),
        new("C-MOVE: stays pending for ever", "cancelled; C-CANCEL-RQ, A-ABORT 0/0 (by the application), closed", async t =>
        {
            using var stop = new CancellationTokenSource();
            var heard = new TaskCompletionSource<string>();
            var sent = 0;
            await using var peer = t.Listen(AcceptThen(async (c, r) => heard.SetResult(await ForEverAsync(c, Response(r, 0xFF00, x => x.WithCounters(1, 0, 0, 0)), () =>
            {
                if (++sent == 200)
                    stop.Cancel();
            }))));
            var running = t.Coordinator.Start(t.Retrieve(peer.Port, RetrieveMethod.CMove), t.Log, stop.Token).DrainAsync();
            var told = await t.PassAsync(ErrorOf(running), 0.1);
            return $"{Told.Describe(told)}; {await t.PassAsync(heard.Task, 0.1)}";
        }),
        new("C-MOVE, C-GET: answers for another message", "Protocol (Message ID Being Responded To)", async t => Heard.Together(
        [
            await t.RunAsync(ScuOperation.Move, Respond(r => Response(r, change: c => c.Set(0x0120, 999)))),
            await t.RunAsync(ScuOperation.Get, Respond(r => Response(r, change: c => c.Set(0x0120, 999)))),
        ])),
        new("C-ECHO, C-STORE: answers for another message", "Protocol (Message ID Being Responded To)", async t => Heard.Together(
        [
            await t.RunAsync(ScuOperation.Echo, Respond(r => Response(r, change: c => c.Set(0x0120, 999)))),
            await t.RunAsync(ScuOperation.Send, Respond(r => Response(r, change: c => c.Set(0x0120, 999)))),
        ])),
        new("C-STORE: answers for another instance", "Protocol (Affected SOP Instance UID)", t => t.RunAsync(ScuOperation.Send, Respond(r => Response(r, change: c => c.Set(0x1000, "1.2.3"))))),
        new("C-MOVE: counts 65,535 deliveries and makes none", "Retrieve.DeliveredElsewhere", t => t.RunAsync(ScuOperation.Move, AcceptThen(async (c, r) =>
        {
            await c.SendAsync(Response(r, 0, x => x.WithCounters(null, 65535, 0, 0)));
            await c.AnswerReleaseAsync();
        }), time: true)),
        new("C-MOVE: names 50,000 failed instances", "Retrieve.Incomplete", t => t.RunAsync(ScuOperation.Move, AcceptThen(async (c, r) =>
        {
            await c.SendMessageAsync(
                r.ContextId,
                r.Command.Response(0xB000, hasDataSet: true).WithCounters(null, 0, 65535, 0),
                new RawDataSet().Text(0x00080058, "UI", [.. Enumerable.Range(0, 50_000).Select(i => $"1.2.{i}")]).ToBytes(explicitVR: false));
            await c.ReadToEndAsync();
        }), time: true)),
        new("C-STORE to the Storage SCP of a retrieve: what nobody asked for", "C-STORE-RSP 0124H; nothing is kept", async t =>
        {
            await using var c = t.Track(await ScriptedConnection.ConnectAsync(t.Scp.Port));
            await c.RequestAssociationAsync(new RawAssociate { CalledAETitle = "STORE_SCP", Contexts = [new RawContext(3, DicomTarget.CT, [RawAssociate.ImplicitLittleEndian])] });
            var before = t.Received().Count;
            List<string> heard = [];
            for (var i = 0; i < 200; i++)
            {
                var instance = Instances.Of($"1.2.{i}", "9.9.9");
                await c.SendMessageAsync(3, Bytes.Store(instance.SOPInstanceUID).Set(0x1030, "TEST_CALLER").Set(0x1031, (ushort)i), instance.DataSet);
                heard.Add(await c.HearAsync());
            }

            return $"{Heard.Together(heard)}; {(t.Received().Count == before ? "nothing" : "something")} is kept";
        }),
        new("C-GET: sends instances of another study", "C-STORE-RSP 0124H; nothing is kept", t => GetAsync(t, [Instances.Of("1.2.8.1", "9.9.9")])),
        new("C-GET: sends UIDs that are paths", "C-STORE-RSP 0000H; every file lies below the folder, under a harmless name", async t =>
        {
            var heard = await GetAsync(t, [.. Instances.Uids.Select(u => Instances.Of(u, series: u))]);
            Assert.All(t.Received(), f => Assert.All(Path.GetRelativePath(t.Folder["out"], f).Split('/'), n => Assert.Matches("^[0-9A-Za-z][-_.0-9A-Za-z%~$]*$", n)));
            return heard.Replace("something is kept", "every file lies below the folder, under a harmless name", StringComparison.Ordinal);
        }),
        new("C-GET: announces a data set and sends an empty one", "C-STORE-RSP C000H; nothing is kept", t => GetAsync(t, [Instances.Of("1.2.8.2") with { DataSet = [] }])),
        new("C-GET: breaks off in the middle of an instance", "Network.ConnectionLost", t => t.RunAsync(ScuOperation.Get, AcceptThen(async (c, r) =>
        {
            var context = c.Agreed.Values.First(a => a.Id != r.ContextId && a.Result == 0).Id;
            await c.SendAsync(Bytes.Command(Bytes.Store("1.2.8.3"), context));
            await c.SendAsync(Bytes.Data(context, isLast: false, Instances.Of("1.2.8.3").DataSet));
            c.Reset();
        }))),
        new("C-STORE: does not read what we send", "Timeout.Store", async t =>
        {
            var path = BigFile(t);
            var (reached, end) = (new TaskCompletionSource(), new TaskCompletionSource());
            await using var peer = t.Listen(async c =>
            {
                await c.AcceptAssociationAsync();
                await c.ReadExactlyAsync(100);
                reached.SetResult();
                await end.Task;
            });
            var running = ScuOperation.SendOf(_ => path).Run(t, peer.Port);
            await reached.Task.WaitAsync(TimeSpan.FromSeconds(30));
            var told = Told.Describe(await t.PassAsync(running, 10));
            end.SetResult();
            return told;
        }),
        new("commitment: reports on transactions and instances nobody asked about", "Commitment.NotHeard", t => CommitAsync(t, _ => new RawDataSet().Text(0x00081195, "UI", "9.9.9"))),
        new("commitment: reports sequences 100,000 deep", "Commitment.NotHeard", t => CommitAsync(t, _ => null)),
        new("commitment: calls the same instance committed and failed", "Commitment.0110", t => CommitAsync(t, transaction =>
        {
            var item = new RawDataSet().Text(0x00081150, "UI", DicomTarget.CT).Text(0x00081155, "UI", "1.2.3.4.5");
            var failed = new RawDataSet().Text(0x00081150, "UI", DicomTarget.CT).Text(0x00081155, "UI", "1.2.3.4.5").UInt16(0x00081197, 0x0110);
            return new RawDataSet().Text(0x00081195, "UI", transaction).Sequence(0x00081199, explicitVR: false, item).Sequence(0x00081198, explicitVR: false, failed);
        })),
    ];

    // 32 MB, and none of them in memory: more than the sockets hold.
    private static string BigFile(ScuTarget target)
    {
        var path = (target.File with { SOPInstanceUID = "1.2.7.7" }).Save(target.Folder["files"]);
        using var file = File.OpenWrite(path);
        file.Seek(0, SeekOrigin.End);
        file.Write(RawDataSet.Header(0x7FE10010, "OB", 32 << 20, explicitVR: false));
        file.SetLength(file.Length + (32 << 20));
        return path;
    }

    private static byte[] Match() => new RawDataSet().Text(0x00080052, "CS", "STUDY").Text(0x0020000D, "UI", "1.2.3.4").ToBytes(explicitVR: false);

    private static async Task<Exception?> ErrorOf(Task<DicomRetrieveReport> running)
    {
        try
        {
            return (await running).Error;
        }
        catch (OperationCanceledException e)
        {
            return e;
        }
    }

    // Everything is sent on the association of the C-GET, and what we answer is told.
    private static async Task<string> GetAsync(ScuTarget target, IReadOnlyList<TestInstance> instances)
    {
        var before = target.Received().Count;
        List<string> heard = [];
        await target.RunAsync(ScuOperation.Get, AcceptThen(async (c, r) =>
        {
            var context = c.Agreed.Values.First(a => a.Id != r.ContextId && a.Result == 0).Id;
            foreach (var instance in instances)
            {
                await c.SendMessageAsync(context, instance.ToCStore(9), instance.DataSet);
                heard.Add(await c.HearAsync());
            }

            await c.SendAsync(Response(r, 0, x => x.WithCounters(null, (ushort)instances.Count, 0, 0)));
            await c.AnswerReleaseAsync();
        }));
        return $"{Heard.Together(heard)}; {(target.Received().Count == before ? "nothing" : "something")} is kept";
    }

    private static Task<string> CommitAsync(ScuTarget target, Func<string, RawDataSet?> report) => target.RunAsync(ScuOperation.Commit, AcceptThen(async (c, r) =>
    {
        const ushort reportRq = 0x0100;
        var action = Dicom.Encoding.DatasetReader.Read(r.DataSet, TransferSyntax.ImplicitVRLittleEndian);
        await c.SendAsync(Response(r));
        var bytes = report(action.GetString(DicomTags.TransactionUID)!)?.ToBytes(explicitVR: false) ?? Bytes.Nested(100_000, 0x00081199);
        await c.SendMessageAsync(
            r.ContextId,
            RawCommand.Request(reportRq, 7, DicomUids.StorageCommitmentPushModel, hasDataSet: true).Set(0x1000, DicomUids.StorageCommitmentPushModelInstance).Set(0x1002, 1),
            bytes);
        await c.ReadToEndAsync();
    }), time: true);
}
