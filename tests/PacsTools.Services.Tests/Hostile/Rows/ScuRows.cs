using PacsTools.TestKit.Scripting;
using static PacsTools.Services.Tests.Hostile.Acceptors;

namespace PacsTools.Services.Tests.Hostile;

/// <summary>What an acceptor can do to every one of our requestors: C-ECHO, C-FIND, C-MOVE, C-GET, C-STORE and storage commitment.</summary>
internal static class ScuRows
{
    private const string Timeouts = "Timeout.Echo | Timeout.Find | Timeout.Move | Timeout.Get | Timeout.Store | Timeout.Commitment";

    public static IReadOnlyList<HostileRow<ScuTarget>> All { get; } =
    [
        Every("accepts the connection and closes it", "Network.ConnectionLost", _ => Task.CompletedTask),
        Every("accepts the connection and resets it", "Network.ConnectionLost", async c =>
        {
            await c.ExpectAsync(RawPdu.AssociateRq);
            c.Reset();
        }),
        Late("accepts the connection and says nothing", "Timeout.Association", Answer(_ => [])),
        new("answers byte by byte, and never to the end", "Timeout.Association", async t =>
        {
            List<string> told = [];
            foreach (var operation in ScuOperation.All)
                told.Add(await t.RunAsync(operation, async c =>
                {
                    var answer = RawAssociate.Parse(await c.ExpectAsync(RawPdu.AssociateRq)).ToAccept().ToBytes();
                    c.Reached.TrySetResult();
                    var end = c.ReadToEndAsync();
                    foreach (var next in answer[..^1])
                    {
                        await c.SendAsync(new[] { next });
                        t.Time.Advance(TimeSpan.FromSeconds(5));
                    }

                    await end;
                }, time: true));
            return Heard.Together(told);
        }),
        Every("speaks HTTP", "Protocol (PDU-type)", Answer(_ => "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"u8.ToArray())),
        Every("speaks TLS", "Protocol (PDU-type)", Answer(_ => [0x15, 3, 3, 0, 2, 2, 40])),
        Every("claims an A-ASSOCIATE-AC of 4 GB", "Protocol (PDU-length)", Answer(_ => Bytes.PduHeader(RawPdu.AssociateAc, uint.MaxValue))),
        Every("claims an A-ASSOCIATE-AC of no length", "Protocol (PDU-length)", Answer(_ => Bytes.PduHeader(RawPdu.AssociateAc, 0))),
        Every("answers 10,000 presentation contexts", "Protocol (Presentation-context-ID)", Answer(r => With(r, [.. Enumerable.Range(0, 10_000).SelectMany(i => AcContext((byte)(2 * i + 1)))]))),
        Every("answers with items that are longer than their PDU", "Protocol (A-ASSOCIATE-AC item)", Answer(r => With(r, [0x21, 0, 0xFF, 0xFF, 1, 0, 0, 0]))),
        Every("sends 65,535 user information items", "Protocol (User-information)", Answer(r => With(r, [.. Enumerable.Repeat(Bytes.UserInformation, 65_535).SelectMany(b => b)]))),
        Every("accepts contexts nobody proposed", "NoAcceptedContext | Send.NotAccepted", Accept(r => new(r.Contexts.Max(x => x.Id) + 2 is var id and < 256 ? (byte)id : (byte)253, 0, RawAssociate.ImplicitLittleEndian))),
        Every("accepts transfer syntaxes nobody proposed", "NoAcceptedContext | Send.NotAccepted", Accept((r, c) => new(c.Id, 0, "1.2.3.4"))),
        Every("rejects with numbers that do not exist", "AssociationRejected.Reason99", Answer(_ => RawPdu.Reject(9, 9, 99).ToBytes())),
        Every("aborts with numbers that do not exist", "AssociationAborted | Commitment.Aborted", Answer(_ => RawPdu.Abort(9, 99).ToBytes())),
        Every("sends every other PDU in place of an answer", "Protocol (PDU-type)", Answer(_ => RawPdu.Release.ToBytes()), Answer(_ => RawPdu.ReleaseReply.ToBytes()), Answer(r => r.ToRequest().ToBytes()), Answer(_ => Bytes.Command(Bytes.Echo()))),
        Every("accepts twice", "Protocol (PDU-type)", Answer(r => [.. r.ToAccept().ToBytes(), .. r.ToAccept().ToBytes()])),
        Every("resets when the request has come", "Network.ConnectionLost", AcceptThen((c, _) =>
        {
            c.Reset();
            return Task.CompletedTask;
        })),
        Late("falls silent when the request has come", Timeouts, AcceptThen((c, _) => c.ReadToEndAsync())),
        Every("claims a P-DATA-TF of 4 GB, or of none", "Protocol (PDU-length)", Respond(_ => Bytes.PduHeader(RawPdu.Data, uint.MaxValue)), Respond(_ => Bytes.PduHeader(RawPdu.Data, 0))),
        Every("claims PDVs of 4 GB, of none, of more than their PDU has", "Protocol (Item-length)", Respond(_ => Bytes.PData(Bytes.PdvHeader(uint.MaxValue))), Respond(_ => Bytes.PData(Bytes.PdvHeader(0))), Respond(_ => Bytes.PData([.. Bytes.PdvHeader(99), 0, 0]))),
        Every("responds on a context that was not accepted", "Protocol (Presentation-context-ID)", Respond(r => Bytes.Command(r.Command.Response(0), 254))),
        Every("changes the context within its response", "Protocol (Presentation-context-ID)", Respond(
            r => RawPdu.DataValue(r.ContextId, isCommand: true, isLast: false, r.Command.Response(0).ToBytes().AsSpan(0, 20)).ToBytes(),
            r => RawPdu.DataValue((byte)(r.ContextId + 2), isCommand: true, isLast: true, r.Command.Response(0).ToBytes().AsSpan(20)).ToBytes())),
        Every("sends a data set nobody announced", "Protocol (Message control header)", Respond(r => Bytes.Data(r.ContextId, isLast: true, 1, 2, 3, 4))),
        Every("claims elements of its response of 4 GB", "Protocol (Affected SOP Class UID)", Respond(r => Bytes.Command(Bytes.Element(0, 2, uint.MaxValue), r.ContextId))),
        Every("sends a response that never ends", "Protocol (Command set)", AcceptThen(async (c, r) => await ForEverAsync(c, RawPdu.DataValue(r.ContextId, isCommand: true, isLast: false, new byte[8000]).ToBytes()))),
        Every("responds without a status", "Protocol (Status)", Respond(r => Response(r, change: c => c.Remove(0x0900)))),
        Every("responds for another service", "Protocol (Command Field)", Respond(r => Response(r, change: c => c.Set(0x0100, 0x8FFE)))),
        Every("asks for something in place of its response", "Protocol (Command Field)", Respond(r => Bytes.Command(Bytes.Echo(), r.ContextId))),
        Every("releases in place of its response", "AssociationAborted | Network.ConnectionLost", Respond(_ => RawPdu.Release.ToBytes())),
        Every("sends PDUs of types that do not exist", "Protocol (PDU-type)", Respond(_ => new RawPdu(0x63, new byte[4]).ToBytes())),
        new("announces a data set with its response and sends none", "Timeout.Find", t => t.RunAsync(ScuOperation.Find, Respond(r => Response(r, change: c => c.WithDataSet())), time: true)),
        new("goes on after its final response", "success", async t =>
        {
            List<string> told = [];
            foreach (var operation in (ScuOperation[])[ScuOperation.Echo, ScuOperation.Find, ScuOperation.Send])
                told.Add(await t.RunAsync(operation, Respond(r => Response(r), r => Response(r), r => Bytes.Command(Bytes.Echo(), r.ContextId), _ => new byte[5000])));
            return Heard.Together(told);
        }),
        new("announces that it takes PDUs of 1 byte", "success", async t =>
        {
            List<string> told = [];
            foreach (var operation in (ScuOperation[])[ScuOperation.Echo, ScuOperation.Find, ScuOperation.Send])
                told.Add(await t.RunAsync(operation, async c =>
                {
                    await c.AcceptAssociationAsync(maxPduLength: 1);
                    await c.SendAsync(Response(await c.ReadMessageAsync()));
                    await c.AnswerReleaseAsync();
                }));
            return Heard.Together(told);
        }),
        new("resets at every byte of a conversation", "Network.ConnectionLost", async t =>
        {
            List<string> told = [];
            foreach (var (operation, step) in ScuOperation.All.Select((o, i) => (o, Step: i < 2 ? 1 : 23)))
            {
                var ended = false;
                for (var length = 0; !ended; length += step)
                {
                    var sent = 0;
                    var heard = await t.RunAsync(operation, async c =>
                    {
                        await PartAsync(RawAssociate.Parse(await c.ExpectAsync(RawPdu.AssociateRq)).ToAccept().ToBytes());
                        if (sent == length)
                            return;
                        var response = Response(await c.ReadMessageAsync());
                        ended = length >= sent + response.Length;
                        // Without the last byte it is none.
                        await PartAsync(response[..^1]);
                        c.Reset();

                        async Task PartAsync(byte[] bytes)
                        {
                            var count = Math.Min(bytes.Length, length - sent);
                            await c.SendAsync(bytes.AsMemory(0, count));
                            sent += count;
                            if (sent == length)
                                c.Reset();
                        }
                    });
                    told.Add(heard);
                }
            }

            return Heard.Together(told);
        }),
    ];

    private static HostileRow<ScuTarget> Every(string name, string told, params Func<ScriptedConnection, Task>[] scripts) => new(name, told, async t =>
    {
        List<string> all = [];
        foreach (var script in scripts)
            all.AddRange((await t.RunAllAsync(script)).Split(" | "));
        return Heard.Together(all);
    });

    private static HostileRow<ScuTarget> Late(string name, string told, Func<ScriptedConnection, Task> script) => new(name, told, t => t.RunAllAsync(script, time: true));

    private static Func<ScriptedConnection, Task> Accept(Func<RawAssociate, RawContextAnswer> answer) => Accept((r, _) => answer(r));

    private static Func<ScriptedConnection, Task> Accept(Func<RawAssociate, RawContext, RawContextAnswer> answer) => async c =>
    {
        RawAssociate request = RawAssociate.Parse(await c.ExpectAsync(RawPdu.AssociateRq));
        await c.SendAsync((request with { Contexts = [request.Contexts[0]] }).ToAccept(context => answer(request, context)));
        await c.AnswerReleaseAsync();
    };

    private static byte[] AcContext(byte id) => RawAssociate.Item(0x21, [id, 0, 0, 0, .. RawAssociate.Item(0x40, "1.2.840.10008.1.2"u8)]);

    // The fixed part, then what the row has in place of the items.
    private static byte[] With(RawAssociate request, byte[] items) => new RawPdu(RawPdu.AssociateAc, [.. request.ToAccept().Body[..68], .. items]).ToBytes();
}
