using System.Text;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Services.Tests.Hostile;

/// <summary>Storing, as far as Storage SCP and simulator answer alike, and what concerns the listener as a whole.</summary>
internal static class StorageRows
{
    private const string Deflated = "1.2.840.10008.1.2.1.99";

    public static IReadOnlyList<HostileRow<DicomTarget>> All { get; } =
    [
        new("stores an instance in fragments of one byte", "C-STORE-RSP 0000H", async t =>
        {
            await using var c = await t.OpenAsync();
            await c.SendMessageAsync(3, Bytes.Store("1.2.3.4.1"), Instances.Of("1.2.3.4.1").DataSet, fragment: 1);
            return await c.HearAsync();
        }),
        new("falls silent in the middle of a data set", "A-ABORT 2/0 (reason not specified)", async t =>
        {
            var before = t.Files().Count;
            await using var c = await t.OpenAsync();
            await c.SendAsync(Bytes.Command(Bytes.Store(), 3));
            await c.SendAsync(Bytes.Data(3, isLast: false, [.. Instances.Of("1.2.3.4").DataSet, .. RawDataSet.Header(0x7FE00010, "OW", 1000, explicitVR: false)]));
            await TestKit.Eventually.TrueAsync(() => t.Files().Count > before, "the file is begun");
            return await t.PassAsync(c.HearAsync(), 30);
        }),
        new("sends an instance without an end, then resets", "nothing is kept", async t =>
        {
            var before = t.Files().Count;
            await using var c = await t.OpenAsync();
            await c.SendAsync(Bytes.Command(Bytes.Store(), 3));
            await c.SendAsync(Bytes.Data(3, isLast: false, Instances.Of("1.2.3.4").DataSet));
            for (var i = 0; i < 64; i++)
                await c.SendAsync(Bytes.Data(3, isLast: false, new byte[64 << 10]));
            c.Reset();
            await TestKit.Eventually.TrueAsync(() => t.Files().Count == before, "nothing stays");
            return "nothing is kept";
        }),
        new("stores a SOP class that was not agreed for the context", "C-STORE-RSP 0122H", t => t.AnswerWithinToAsync(
            Bytes.Command(Bytes.Store().Set(0x0002, "1.2.840.10008.1.9"), 3), Bytes.Data(3, isLast: true, Instances.Of("1.2.3.4").DataSet))),
        new("announces a data set and sends an empty one", "C-STORE-RSP C000H", t => t.AnswerWithinToAsync(Bytes.Command(Bytes.Store(), 3), Bytes.Data(3, isLast: true))),
        new("calls itself by control characters and foreign letters", "A-ASSOCIATE-AC, C-ECHO-RSP 0000H, C-STORE-RSP 0000H; none of it is shown", async t =>
        {
            await using var c = await t.ConnectAsync();
            var request = t.Request().ToRequest().ToBytes();
            ((byte[])[1, 7, 8, 9, 10, 13, 27, (byte)'[', (byte)'2', (byte)'J', 127, 0x9B, 0xE4, 0xFF, (byte)'\\', 2]).CopyTo(request, 26);
            List<string> heard = [await c.HearAfterAsync(request)];
            heard.Add(await c.HearAfterAsync(Bytes.Command(Bytes.Echo())));
            var instance = Instances.Of("1.2.3.4.2");
            heard.Add(await c.HearAfterAsync(Bytes.Command(Bytes.Store(instance.SOPInstanceUID, 2), 3), Bytes.Data(3, isLast: true, instance.DataSet)));
            await c.HearAfterAsync(Bytes.PduHeader(RawPdu.Data, 0));
            await TestKit.Eventually.TrueAsync(() => t.Log.Verboses.Any(v => v.Contains("??", StringComparison.Ordinal) || v.Contains("P-DATA-TF", StringComparison.Ordinal)), "the end is told");
            Assert.DoesNotContain(t.Log.Verboses, v => v.Any(char.IsControl));
            return string.Join(", ", heard) + "; none of it is shown";
        }),
        new("opens 300 associations and keeps them", $"{DicomTarget.MaxAssociations} × A-ASSOCIATE-AC, {Crowd.Size - DicomTarget.MaxAssociations} × A-ASSOCIATE-RJ 2/3/2", Crowd.AssociationsAsync),
        new("makes 300 connections and says nothing on them", "the longest silent are closed; an honest peer is served meanwhile", Crowd.SilenceAsync),
        new("asks without end and reads no answer", "closed", Crowd.DeafAsync),
        new("resets at every byte of a conversation", "1 instance kept, the one that came whole", t => Crowd.BreakOffAsync(t, reset: true)),
        new("closes its side at every byte of a conversation", "1 instance kept, the one that came whole", t => Crowd.BreakOffAsync(t, reset: false)),
    ];

    /// <summary>Where the Storage SCP keeps what it is sent bit by bit and looks at no more than it needs.</summary>
    public static IReadOnlyList<HostileRow<ScpTarget>> OfScp { get; } =
    [
        new("calls us by control characters", "A-ASSOCIATE-RJ 1/1/7", t => CallAsync(t)),
        new("stores on a context that is for something else", "C-STORE-RSP 0122H", t => StoreForVerificationAsync(t)),
        new("stores under UIDs that are paths, devices, escapes, or endless", "C-STORE-RSP 0000H; every file lies below the folder, under a harmless name", async t =>
        {
            var before = t.Files().Count;
            var heard = await StoreAllAsync(t);
            Assert.All(t.Files(), f => Assert.All(Path.GetRelativePath(t.In, f).Split('/'), n => Assert.Matches("^[0-9A-Za-z][-_.0-9A-Za-z%~$]*$", n)));
            Assert.Equal(Instances.Uids.Count, t.Files().Count - before);
            return $"{heard}; every file lies below the folder, under a harmless name";
        }),
        new("stores under a UID that is none in any letters", "C-STORE-RSP A900H", t => StoreForeignAsync(t)),
        new("claims data elements of 4 GB", "C-STORE-RSP C000H", t => StoreAsync(t, [.. Instances.Of("1.2.9.1").DataSet, .. RawDataSet.Header(0x7FE00010, "OW", 0xFFFFFFFE, explicitVR: false)], "1.2.9.1")),
        new("claims a data element of 4 GB before anything else", "C-STORE-RSP 0000H, kept as it came", t => StoreAsync(t, RawDataSet.Header(0x00080001, "UL", 0xFFFFFFFE, explicitVR: false), "1.2.9.2")),
        new("nests sequences 100,000 deep", "C-STORE-RSP 0000H, kept as it came", t => StoreAsync(t, Bytes.Nested(100_000), "1.2.9.3")),
        new("stores a deflated instance of 512 MB in 500 KB", "C-STORE-RSP 0000H, kept as it came", t => StoreAsync(t, Bytes.Bomb(Instances.Header("1.2.9.4").ToBytes(explicitVR: true), 512), "1.2.9.4", Deflated)),
        new("stores deflated data that are none", "C-STORE-RSP 0000H, kept as it came", t => StoreAsync(t, [0xFF, 0xFE, 0xFD, 0xFC], "1.2.9.5", Deflated)),
    ];

    /// <summary>Where the simulator has to read what it takes, since it is to find it again.</summary>
    public static IReadOnlyList<HostileRow<SimulatorTarget>> OfSimulator { get; } =
    [
        new("calls us by control characters", "A-ASSOCIATE-AC", t => CallAsync(t)),
        new("stores on a context that is for something else", "C-STORE-RSP 0211H", t => StoreForVerificationAsync(t)),
        new("stores under UIDs that are paths, devices, escapes, or endless", "C-STORE-RSP 0000H | C-STORE-RSP A900H | C-STORE-RSP C000H; every file has a name of ours", async t =>
        {
            var heard = await StoreAllAsync(t);
            Assert.All(t.Files(), f => Assert.Matches("^[0-9]+[.]dcm$", Path.GetFileName(f)));
            return $"{string.Join(" | ", heard.Split(" | ").Order(StringComparer.Ordinal))}; every file has a name of ours";
        }),
        new("stores under a UID that is none in any letters", "C-STORE-RSP C000H", t => StoreForeignAsync(t)),
        new("claims data elements of 4 GB", "C-STORE-RSP C000H", t => StoreAsync(t, RawDataSet.Header(0x00080001, "UL", 0xFFFFFFFE, explicitVR: false), "1.2.9.2")),
        new("nests sequences 100,000 deep", "C-STORE-RSP C000H", t => StoreAsync(t, Bytes.Nested(100_000), "1.2.9.3")),
        new("stores a deflated instance of 512 MB in 500 KB", "C-STORE-RSP 0000H, kept as it came", t => StoreAsync(t, Bytes.Bomb(Instances.Header("1.2.9.4").ToBytes(explicitVR: true), 512), "1.2.9.4", Deflated)),
        new("stores deflated data that are none", "C-STORE-RSP C000H", t => StoreAsync(t, [0xFF, 0xFE, 0xFD, 0xFC], "1.2.9.5", Deflated)),
        new("stores an instance whose data set names another", "C-STORE-RSP A900H", t => StoreAsync(t, Instances.Of("1.2.9.6").DataSet, "1.2.9.7")),
    ];

    private static Task<string> CallAsync(DicomTarget target)
    {
        var request = target.Request().ToRequest().ToBytes();
        Encoding.Latin1.GetBytes("\u0001\u0007\u001b[2J\r\n\u009b\u00ff\\     ").CopyTo(request, 10);
        return target.AnswerToAsync(request);
    }

    private static Task<string> StoreForVerificationAsync(DicomTarget target) =>
        target.AnswerWithinToAsync(Bytes.Command(Bytes.Store()), Bytes.Data(1, isLast: true, Instances.Of("1.2.3.4").DataSet));

    private static async Task<string> StoreAllAsync(DicomTarget target)
    {
        await using var c = await target.OpenAsync();
        List<string> heard = [];
        foreach (var uid in Instances.Uids)
        {
            await c.SendMessageAsync(3, Bytes.Store(uid), Instances.Of(uid, study: uid, series: uid).DataSet);
            heard.Add(await c.HearAsync());
        }

        return Heard.Together(heard);
    }

    private static async Task<string> StoreForeignAsync(DicomTarget target)
    {
        await using var c = await target.OpenAsync();
        return await c.HearAfterAsync(
            Bytes.Command(Bytes.Store().SetBytes(0x1000, [.. Encoding.Latin1.GetBytes(Instances.ForeignUid), 0]), 3), Bytes.Data(3, isLast: true, Instances.Of("1.2.3.4").DataSet));
    }

    private static async Task<string> StoreAsync(DicomTarget target, byte[] dataSet, string uid, string syntax = RawAssociate.ImplicitLittleEndian)
    {
        var before = target.Files();
        await using var c = await target.OpenAsync(target.Request() with { Contexts = [new RawContext(3, DicomTarget.CT, [syntax])] });
        await c.SendMessageAsync(3, Bytes.Store(uid), dataSet);
        var heard = await c.HearAsync();
        await c.ReleaseAsync();
        return target.Files().Except(before).SingleOrDefault() is { } file && TestInstance.DataSetOf(file).AsSpan().SequenceEqual(dataSet) ? $"{heard}, kept as it came" : heard;
    }
}
