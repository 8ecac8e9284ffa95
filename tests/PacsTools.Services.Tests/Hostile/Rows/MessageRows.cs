using PacsTools.TestKit.Data;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Services.Tests.Hostile;

/// <summary>On an association, below any service: PDVs, command sets, states.</summary>
internal static class MessageRows
{
    private const string Invalid = "A-ABORT 2/6 (invalid PDU parameter value)";
    private const string Unrecognized = "A-ABORT 2/1 (unrecognized PDU)";
    private const string Unexpected = "A-ABORT 2/2 (unexpected PDU)";

    private static readonly byte[] s_echo = Bytes.Echo().ToBytes();

    public static IReadOnlyList<HostileRow<DicomTarget>> All { get; } =
    [
        new("claims a P-DATA-TF of 4 GB, of one byte more than we announced, of none", Invalid, async t => Heard.Together(
        [
            await t.AnswerWithinToAsync(Bytes.PduHeader(RawPdu.Data, uint.MaxValue)),
            await t.AnswerWithinToAsync(Bytes.PduHeader(RawPdu.Data, 262145)),
            await t.AnswerWithinToAsync(Bytes.PduHeader(RawPdu.Data, 0)),
        ])),
        new("claims PDVs of 4 GB, of no length, of more than their PDU has", Invalid, async t => Heard.Together(
        [
            await t.AnswerWithinToAsync(Bytes.PData(Bytes.PdvHeader(uint.MaxValue))),
            await t.AnswerWithinToAsync(Bytes.PData(Bytes.PdvHeader(0))),
            await t.AnswerWithinToAsync(Bytes.PData(Bytes.PdvHeader(1))),
            await t.AnswerWithinToAsync(Bytes.PData([.. Bytes.PdvHeader(100), 0, 0])),
        ])),
        new("leaves bytes behind the last PDV that are none", Invalid, t => t.AnswerWithinToAsync(
            Bytes.PData([.. RawPdu.Pdv(1, isCommand: true, isLast: false, s_echo.AsSpan(0, 20)), 0, 0, 0]))),
        new("sends on contexts that were never accepted", Invalid, async t => Heard.Together(
        [
            await t.AnswerWithinToAsync(Bytes.Command(Bytes.Echo(), 5)),
            await t.AnswerWithinToAsync(Bytes.Command(Bytes.Echo(), 2)),
            await t.AnswerWithinToAsync(Bytes.Command(Bytes.Echo(), 0)),
        ])),
        new("interleaves two messages on two contexts", Invalid, t => t.AnswerWithinToAsync(
            RawPdu.DataValue(1, isCommand: true, isLast: false, s_echo.AsSpan(0, 20)).ToBytes(), Bytes.Command(Bytes.Store(), 3))),
        new("interleaves two messages on one context", Invalid, t => t.AnswerWithinToAsync(
            Bytes.Command(Bytes.Store("1.2.1", 1), 3), Bytes.Data(3, isLast: false, 8, 0, 5, 0), Bytes.Command(Bytes.Store("1.2.2", 2), 3))),
        new("goes on with a data set on another context", Invalid, t => t.AnswerWithinToAsync(
            Bytes.Command(Bytes.Store(), 3), Bytes.Data(3, isLast: false, 8, 0, 5, 0), Bytes.Data(1, isLast: true, 0, 0, 0, 0))),
        new("sends a data set nobody announced", Invalid, t => t.AnswerWithinToAsync(Bytes.Data(3, isLast: true, 8, 0, 5, 0))),
        new("says that a C-STORE has no data set, and sends one", $"C-STORE-RSP C000H, {Invalid}", t => t.AnswersWithinToAsync(
            Bytes.Command(Bytes.Store().Set(0x0800, 0x0101), 3), Bytes.Data(3, isLast: true, 8, 0, 5, 0))),
        new("announces a data set and sends the next command", $"C-ECHO-RSP 0000H, {Invalid}", t => t.AnswersWithinToAsync(
            Bytes.Command(Bytes.Echo().WithDataSet()), Bytes.Command(Bytes.Echo(2)))),
        new("lies about the group length of a command set", "C-ECHO-RSP 0000H", async t =>
        {
            List<string> heard = [];
            foreach (var length in (uint[])[0, 1, uint.MaxValue])
            {
                var command = Bytes.Echo().ToBytes();
                BitConverter.GetBytes(length).CopyTo(command, 8);
                heard.Add(await t.AnswerWithinToAsync(Bytes.Command(command)));
            }

            return Heard.Together(heard);
        }),
        new("claims elements of a command set of 4 GB, of 2 GB, of one byte too many", Invalid, async t => Heard.Together(
        [
            await t.AnswerWithinToAsync(Bytes.Command(Bytes.Element(0, 2, uint.MaxValue))),
            await t.AnswerWithinToAsync(Bytes.Command(Bytes.Element(0, 2, int.MaxValue))),
            await t.AnswerWithinToAsync(Bytes.Command([.. s_echo, .. Bytes.Element(0, 0x0902, 1)])),
        ])),
        new("puts a data set's elements into a command set", Invalid, t => t.AnswerWithinToAsync(Bytes.Command([.. s_echo, .. Bytes.Element(8, 5, 0)]))),
        new("sends command sets without a command, without a data set type, with numbers of another size", Invalid, async t => Heard.Together(
        [
            await t.AnswerWithinToAsync(Bytes.Command(Bytes.Echo().Remove(0x0100))),
            await t.AnswerWithinToAsync(Bytes.Command(Bytes.Echo().Remove(0x0800))),
            await t.AnswerWithinToAsync(Bytes.Command(Bytes.Echo().SetBytes(0x0110, [1, 0, 0, 0]))),
        ])),
        new("sends requests without a message id or an instance", "A-ABORT 0/0 (by the application)", async t => Heard.Together(
        [
            await t.AnswerWithinToAsync(Bytes.Command(Bytes.Echo().Remove(0x0110))),
            await t.AnswerWithinToAsync(Bytes.Command(Bytes.Store().Remove(0x1000), 3)),
        ])),
        new("sends a command set that never ends", Invalid, t => t.AnswerWithinToAsync(
            Enumerable.Repeat(RawPdu.DataValue(1, isCommand: true, isLast: false, new byte[16 << 10]).ToBytes(), 1000))),
        new("sends 20,000 empty fragments before a command", "C-ECHO-RSP 0000H", async t =>
        {
            await using var c = await t.OpenAsync();
            var empty = RawPdu.DataValue(1, isCommand: true, isLast: false, []).ToBytes();
            return await c.HearAfterAsync([.. Enumerable.Repeat(empty, 20_000).SelectMany(e => e)], Bytes.Command(Bytes.Echo()));
        }),
        new("asks for what does not exist, on a context for something else", "command 9234H 0211H | command 8FFEH 0211H", async t => Heard.Together(
        [
            await t.AnswerWithinToAsync(Bytes.Command(Bytes.Echo().Set(0x0100, 0x1234))),
            await t.AnswerWithinToAsync(Bytes.Command(Bytes.Echo().Set(0x0100, 0x0FFE))),
        ])),
        new("answers what nobody asked, and cancels what nobody began", "C-ECHO-RSP 0000H", async t =>
        {
            await using var c = await t.OpenAsync();
            await c.SendAsync(Bytes.Command(Bytes.Echo(7).Response(0)));
            await c.SendAsync(Bytes.Command(Bytes.Store("1.2.3", 9).Response(0), 3));
            await c.SendAsync(Bytes.Command(new RawCommand(RawCommand.CCancelRq).Set(0x0120, 99)));
            return await c.HearAfterAsync(Bytes.Command(Bytes.Echo()));
        }),
        new("sends every PDU that does not belong, between two messages", Unexpected, t => WrongPdusAsync(t, [], withRelease: false)),
        new("sends every PDU that does not belong, within a command set", Unexpected, t => WrongPdusAsync(t, [RawPdu.DataValue(1, isCommand: true, isLast: false, s_echo.AsSpan(0, 20)).ToBytes()], withRelease: true)),
        new("sends every PDU that does not belong, within a data set", Unexpected, t => WrongPdusAsync(t, [Bytes.Command(Bytes.Store(), 3), Bytes.Data(3, isLast: false, 8, 0, 5, 0)], withRelease: true)),
        new("sends PDUs of types that do not exist, within a data set", Unrecognized, t => t.AnswerWithinToAsync(
            Bytes.Command(Bytes.Store(), 3), Bytes.Data(3, isLast: false, 8, 0, 5, 0), new RawPdu(9, new byte[4]).ToBytes())),
        new("goes on after its own A-RELEASE-RQ", "A-RELEASE-RP, closed by ARTIM", async t =>
        {
            await using var c = await t.OpenAsync();
            await c.SendAsync((byte[])[.. RawPdu.Release.ToBytes(), .. Bytes.Command(Bytes.Echo()), .. t.Request().ToRequest().ToBytes(), .. new byte[10_000]]);
            return await t.PassAsync(c.HearAllAsync()) + " by ARTIM";
        }),
        new("goes on after its own A-ABORT", "closed", t => t.AnswerWithinToAsync(RawPdu.Abort(0xFF, 0xFF).ToBytes(), Bytes.Command(Bytes.Echo()), new byte[10_000])),
        new("goes on after our A-ABORT", $"{Invalid}, closed", async t =>
        {
            await using var c = await t.OpenAsync();
            return await c.HearAfterAsync([.. Bytes.PduHeader(RawPdu.Data, 0), .. Enumerable.Repeat(Bytes.Command(Bytes.Echo()), 100).SelectMany(b => b)]) + ", " + await c.HearAsync();
        }),
        new("announces that it takes PDUs of 1 byte", "C-ECHO-RSP 0000H", async t =>
        {
            await using var c = await t.OpenAsync(t.Request() with { MaxPduLength = 1 });
            await c.SendAsync(Bytes.Command(Bytes.Echo()));
            return Heard.Describe((await c.ReadMessageAsync()).Command);
        }),
    ];

    private static async Task<string> WrongPdusAsync(DicomTarget target, byte[][] before, bool withRelease)
    {
        RawPdu[] wrong =
        [
            target.Request().ToRequest(), new(RawPdu.AssociateAc, target.Request().ToAccept().Body), RawPdu.Reject(1, 1, 1), RawPdu.ReleaseReply, .. withRelease ? [RawPdu.Release] : Array.Empty<RawPdu>(),
        ];
        List<string> heard = [];
        foreach (var pdu in wrong)
            heard.Add(await target.AnswerWithinToAsync([.. before, pdu.ToBytes()]));
        return Heard.Together(heard);
    }
}
