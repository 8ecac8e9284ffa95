using PacsTools.Dicom.Data;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Services.Tests.Hostile;

/// <summary>Queries, retrieves and commitment asked of the simulator.</summary>
internal static class SimulatorRows
{
    private const string Deflated = "1.2.840.10008.1.2.1.99";
    private const ushort NActionRq = 0x0130;

    public static IReadOnlyList<HostileRow<SimulatorTarget>> All { get; } =
    [
        new("queries with sequences 100,000 deep", "C-FIND-RSP C000H", t => FindAsync(t, Bytes.Nested(100_000))),
        new("queries with keys of 4 GB", "C-FIND-RSP C000H", t => FindAsync(t, RawDataSet.Header(0x00080052, "CS", 0xFFFFFFFE, explicitVR: false))),
        new("queries with an identifier of 9 MB", "C-FIND-RSP C000H", t => FindAsync(t, [.. RawDataSet.Header(0x00080052, "CS", 9 << 20, explicitVR: false), .. new byte[9 << 20]])),
        new("queries with a deflated identifier of 512 MB", "C-FIND-RSP C000H", async t =>
        {
            await using var c = await t.OpenAsync(t.Request() with { Contexts = [new RawContext(1, DicomUids.StudyRootFind, [Deflated])] });
            await c.SendMessageAsync(1, Find(), Bytes.Bomb(RawDataSet.Header(0x00080052, "UN", 0x7FFFFFFE, explicitVR: true), 512));
            return await c.HearAsync();
        }),
        new("queries with 10,000 keys that are none", "C-FIND-RSP FF01H", t => FindAsync(t, new RawDataSet().Text(0x00080052, "CS", "STUDY").ToBytes(explicitVR: false)
            .Concat(Enumerable.Range(0, 10_000).SelectMany(i => RawDataSet.Header(0x00110000 + (uint)i, "UN", 0, explicitVR: false))).ToArray())),
        new("queries with a pattern that doubles with every star", "C-FIND-RSP 0000H", t => FindAsync(t, new RawDataSet()
            .Text(0x00080052, "CS", "STUDY").Text(0x00100010, "PN", string.Concat(Enumerable.Repeat("*a", 2000)) + "*b").ToBytes(explicitVR: false))),
        new("queries without the identifier it announces", "C-FIND-RSP A900H", t => FindAsync(t, [])),
        new("says that a query has no identifier", "C-FIND-RSP A900H", t => AskAsync(t, DicomUids.StudyRootFind, RawCommand.Request(RawCommand.CFindRq, 1, DicomUids.StudyRootFind).Set(0x0800, 0x0101), [])),
        new("sends 10,000 cancellations", "C-ECHO-RSP 0000H", async t =>
        {
            await using var c = await t.OpenAsync();
            var cancel = Bytes.Command(new RawCommand(RawCommand.CCancelRq).Set(0x0120, 1));
            return await c.HearAfterAsync([.. Enumerable.Repeat(cancel, 10_000).SelectMany(b => b)], Bytes.Command(Bytes.Echo()));
        }),
        new("moves to a title of control characters", "C-MOVE-RSP A801H", t => AskAsync(t, DicomUids.StudyRootMove, RawCommand.Request(RawCommand.CMoveRq, 1, DicomUids.StudyRootMove, hasDataSet: true).SetBytes(0x0600, [27, 91, 50, 74, 0, 255]), Retrieve())),
        new("answers the C-STOREs of its C-GET for another message", "A-ABORT 0/0 (by the application)", t => GetAsync(t, store => store.Response(0).Set(0x0120, 999))),
        new("answers the C-STOREs of its C-GET without a status", "A-ABORT 0/0 (by the application)", t => GetAsync(t, store => store.Response(0).Remove(0x0900))),
        new("asks for the commitment of 5,000 instances nobody has", "N-ACTION-RSP 0000H", t => CommitAsync(t, new RawDataSet().Text(0x00081195, "UI", "1.2.3.4").Sequence(
            0x00081199, explicitVR: false, [.. Enumerable.Range(0, 5_000).Select(i => new RawDataSet().Text(0x00081150, "UI", DicomTarget.CT).Text(0x00081155, "UI", $"1.2.{i}"))]).ToBytes(explicitVR: false))),
        new("asks for the commitment of sequences 100,000 deep", "N-ACTION-RSP C000H", t => CommitAsync(t, Bytes.Nested(100_000, 0x00081199))),
    ];

    private static RawCommand Find() => RawCommand.Request(RawCommand.CFindRq, 1, DicomUids.StudyRootFind, hasDataSet: true);

    private static byte[] Retrieve() => RawClient.StudyRetrieve(SimulatorTarget.Study).ToBytes(explicitVR: false);

    private static Task<string> FindAsync(SimulatorTarget target, byte[] identifier) => AskAsync(target, DicomUids.StudyRootFind, Find(), identifier);

    private static async Task<string> AskAsync(SimulatorTarget target, string sopClass, RawCommand command, byte[] dataSet)
    {
        await using var client = await target.ClientAsync(sopClass);
        await client.Connection.SendMessageAsync(1, command, dataSet);
        return await client.Connection.HearAsync();
    }

    private static Task<string> CommitAsync(SimulatorTarget target, byte[] information) => AskAsync(
        target,
        DicomUids.StorageCommitmentPushModel,
        new RawCommand(NActionRq).Set(0x0110, 1).Set(0x0003, DicomUids.StorageCommitmentPushModel).Set(0x1001, DicomUids.StorageCommitmentPushModelInstance).Set(0x1008, 1).WithDataSet(),
        information);

    private static async Task<string> GetAsync(SimulatorTarget target, Func<RawCommand, RawCommand> answer)
    {
        byte[] uid = System.Text.Encoding.ASCII.GetBytes(DicomTarget.CT);
        await using var client = await RawClient.OpenAsync(target.Port, [(0x54, [0, (byte)uid.Length, .. uid, 1, 1])], DicomUids.StudyRootGet, DicomTarget.CT);
        target.Track(client.Connection);
        await client.SendAsync(RawCommand.CGetRq, DicomUids.StudyRootGet, RawClient.StudyRetrieve(SimulatorTarget.Study));
        var store = await client.Connection.ReadMessageAsync();
        await client.Connection.SendMessageAsync(store.ContextId, answer(store.Command));
        return await client.Connection.HearAsync();
    }
}
