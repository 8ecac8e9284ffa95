using System.Text;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Services.Tests.Hostile;

/// <summary>Before there is an association.</summary>
internal static class NegotiationRows
{
    private const string Invalid = "A-ABORT 2/6 (invalid PDU parameter value)";
    private const string Unrecognized = "A-ABORT 2/1 (unrecognized PDU)";
    private const string Unexpected = "A-ABORT 2/2 (unexpected PDU)";

    public static IReadOnlyList<HostileRow<DicomTarget>> All { get; } =
    [
        new("connects and says nothing", "closed by ARTIM", async t =>
        {
            await using var c = await t.ConnectAsync();
            return await t.PassAsync(c.HearAsync()) + " by ARTIM";
        }),
        new("asks for an association byte by byte, one every five seconds", "closed by ARTIM", async t =>
        {
            await using var c = await t.ConnectAsync();
            // The last byte never comes.
            return await t.DripAsync(c, t.Request().ToRequest().ToBytes()[..^1], 5) + " by ARTIM";
        }),
        new("asks for an association byte by byte, and in time", "A-ASSOCIATE-AC, C-ECHO-RSP 0000H, A-RELEASE-RP", async t =>
        {
            await using var c = await t.ConnectAsync();
            List<string> heard = [];
            foreach (var pdu in (byte[][])[t.Request().ToRequest().ToBytes(), Bytes.Command(Bytes.Echo()), RawPdu.Release.ToBytes()])
            {
                await c.SendInPiecesAsync(pdu, 1);
                heard.Add(await c.HearAsync());
            }

            return string.Join(", ", heard);
        }),
        new("speaks HTTP", Unrecognized, t => t.AnswerToAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray())),
        new("speaks TLS", Unrecognized, t => t.AnswerToAsync([0x16, 3, 1, 2, 0, 1, 0, 1, 0xFC, 3, 3])),
        new("sends PDUs of types that do not exist", Unrecognized, async t =>
        {
            List<string> heard = [];
            foreach (byte type in (byte[])[0, 8, 0x7F, 0xFF])
                heard.Add(await t.AnswerToAsync(new RawPdu(type, new byte[10]).ToBytes()));
            return Heard.Together(heard);
        }),
        new("claims an A-ASSOCIATE-RQ of 4 GB", Invalid, t => t.AnswerToAsync(Bytes.PduHeader(RawPdu.AssociateRq, uint.MaxValue))),
        new("claims an A-ASSOCIATE-RQ of no length, or too short for its titles", Invalid, async t => Heard.Together(
        [
            await t.AnswerToAsync(Bytes.PduHeader(RawPdu.AssociateRq, 0)),
            await t.AnswerToAsync(Bytes.PduHeader(RawPdu.AssociateRq, 67)),
        ])),
        new("claims A-ABORT and A-RELEASE-RQ of 4 GB", Invalid, async t => Heard.Together(
        [
            await t.AnswerToAsync(Bytes.PduHeader(RawPdu.AbortPdu, uint.MaxValue)),
            await t.AnswerWithinToAsync(Bytes.PduHeader(RawPdu.ReleaseRq, uint.MaxValue)),
        ])),
        new("proposes an item that is longer than its PDU", Invalid, t => t.AnswerToAsync(Bytes.Associate(t, [0x20, 0, 0xFF, 0xFF, 1, 0, 0, 0]).ToBytes())),
        new("proposes sub-items that are longer than their item", Invalid, t => t.AnswerToAsync(
            Bytes.Associate(t, RawAssociate.Item(0x20, [1, 0, 0, 0, 0x30, 0, 0xFF, 0xFF, 1, 2]), Bytes.UserInformation).ToBytes())),
        new("proposes 10,000 presentation contexts", Invalid, t => t.AnswerToAsync(
            Bytes.Associate(t, [.. Enumerable.Range(0, 10_000).Select(i => Bytes.Context((byte)(2 * i + 1))), Bytes.UserInformation]).ToBytes())),
        new("proposes even context ids, and one twice", Invalid, async t => Heard.Together(
        [
            await t.AnswerToAsync(Bytes.Associate(t, Bytes.Context(2), Bytes.UserInformation).ToBytes()),
            await t.AnswerToAsync(Bytes.Associate(t, Bytes.Context(1), Bytes.Context(1), Bytes.UserInformation).ToBytes()),
        ])),
        new("proposes 128 contexts with 300 transfer syntaxes each", "A-ASSOCIATE-AC", t => t.AnswerToAsync(
            Bytes.Associate(t, [.. Enumerable.Range(0, 128).Select(i => Bytes.Context((byte)(2 * i + 1), DicomTarget.Verification, [.. Enumerable.Range(0, 300).Select(s => $"1.2.3.4.5.6.{s}")])), Bytes.UserInformation]).ToBytes())),
        new("proposes nothing at all", "A-ASSOCIATE-AC", t => t.AnswerToAsync(Bytes.Associate(t).ToBytes())),
        new("fills its user information with 16,383 empty items", "A-ASSOCIATE-AC", t => t.AnswerToAsync(
            Bytes.Associate(t, Bytes.Context(1), RawAssociate.Item(0x50, [.. Enumerable.Repeat((byte[])[0x77, 0, 0, 0], 16_383).SelectMany(i => i)])).ToBytes())),
        new("sends 65,535 user information items", Invalid, t => t.AnswerToAsync(
            Bytes.Associate(t, [Bytes.Context(1), .. Enumerable.Repeat(Bytes.UserInformation, 65_535)]).ToBytes())),
        new("asks for 6,000 roles and presents a user name of 64 KB", "A-ASSOCIATE-AC", async t => Heard.Together(
        [
            await t.AnswerToAsync(Bytes.Associate(t, Bytes.Context(1), RawAssociate.Item(0x50, [.. Enumerable.Repeat(RawAssociate.Item(0x54, [0, 2, .. "1."u8, 1, 1]), 6000).SelectMany(i => i)])).ToBytes()),
            await t.AnswerToAsync(Bytes.Associate(t, Bytes.Context(1), RawAssociate.Item(0x50, RawAssociate.Item(0x58, [2, 1, 0xFF, 0xF0, .. new byte[0xFFF0], 0, 0]))).ToBytes()),
        ])),
        new("speaks another protocol version, or another application context", "A-ASSOCIATE-RJ 1/2/2 | A-ASSOCIATE-RJ 1/1/2", async t =>
        {
            var version = t.Request().ToRequest().ToBytes();
            version[7] = 2;
            var application = t.Request().ToRequest().ToBytes();
            application[80] = (byte)'9';
            return Heard.Together([await t.AnswerToAsync(version), await t.AnswerToAsync(application)]);
        }),
        new("sends every other PDU in place of a request", Unexpected, async t =>
        {
            List<string> heard = [];
            foreach (var pdu in (RawPdu[])[new(RawPdu.AssociateAc, t.Request().ToAccept().Body), RawPdu.Reject(1, 1, 1), RawPdu.DataValue(1, true, true, Bytes.Echo().ToBytes()), RawPdu.Release, RawPdu.ReleaseReply])
                heard.Add(await t.AnswerToAsync(pdu.ToBytes()));
            return Heard.Together(heard);
        }),
        new("aborts what was never there", "closed", t => t.AnswerToAsync(RawPdu.Abort(0xFF, 0xFF).ToBytes())),
        new("asks and closes its side at once", "A-ASSOCIATE-AC, closed", async t =>
        {
            await using var c = await t.ConnectAsync();
            await c.SendAsync(t.Request().ToRequest());
            c.ShutdownSend();
            return await c.HearAllAsync();
        }),
    ];
}
