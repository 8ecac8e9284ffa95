using System.Net.Sockets;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Services.Tests.Hostile;

/// <summary>What a hostile peer hears of us on the wire, in words.</summary>
internal static class Heard
{
    public const string Closed = "closed";

    // PS3.8 Table 9-26, for source 2, the service provider.
    private static readonly Dictionary<byte, string> s_reasons = new()
    {
        [0] = "reason not specified",
        [1] = "unrecognized PDU",
        [2] = "unexpected PDU",
        [4] = "unrecognized PDU parameter",
        [5] = "unexpected PDU parameter",
        [6] = "invalid PDU parameter value",
    };

    /// <summary>The next PDU, or that there will be none.</summary>
    public static async Task<string> HearAsync(this ScriptedConnection connection)
    {
        try
        {
            return Describe(await connection.ReadPduAsync());
        }
        catch (Exception e) when (e is EndOfStreamException or SocketException)
        {
            return Closed;
        }
    }

    /// <summary>Every PDU up to the close, the same ones after each other told once.</summary>
    public static async Task<string> HearAllAsync(this ScriptedConnection connection)
    {
        List<string> all = [];
        string next;
        do
        {
            next = await connection.HearAsync();
            if (all.Count == 0 || all[^1] != next)
                all.Add(next);
        }
        while (next != Closed);
        return string.Join(", ", all);
    }

    /// <summary>Sends what may not be read to its end any more, and hears the answer.</summary>
    public static async Task<string> HearAfterAsync(this ScriptedConnection connection, params IEnumerable<byte[]> all)
    {
        try
        {
            foreach (var bytes in all)
                await connection.SendAsync(bytes);
        }
        catch (SocketException)
        {
            // It has heard enough; what it said is still to be read.
        }

        return await connection.HearAsync();
    }

    public static Task<string> HearAfterAsync(this ScriptedConnection connection, RawPdu pdu) => connection.HearAfterAsync(pdu.ToBytes());

    /// <summary>Several answers as one, which they should be.</summary>
    public static string Together(IEnumerable<string> answers) => string.Join(" | ", answers.Distinct());

    public static string Describe(RawPdu pdu) => pdu.Type switch
    {
        RawPdu.AssociateAc => "A-ASSOCIATE-AC",
        RawPdu.AssociateRj => $"A-ASSOCIATE-RJ {pdu.Body[1]}/{pdu.Body[2]}/{pdu.Body[3]}",
        RawPdu.ReleaseRq => "A-RELEASE-RQ",
        RawPdu.ReleaseRp => "A-RELEASE-RP",
        RawPdu.AbortPdu when pdu.Body[2] == 2 => $"A-ABORT 2/{pdu.Body[3]} ({s_reasons.GetValueOrDefault(pdu.Body[3], "?")})",
        RawPdu.AbortPdu => $"A-ABORT {pdu.Body[2]}/{pdu.Body[3]} (by the application)",
        RawPdu.Data => string.Join(", ", pdu.ReadPdvs().Where(v => v.IsCommand).Select(v => Describe(RawCommand.Parse(v.Payload)))),
        _ => $"PDU {pdu.Type}",
    };

    public static string Describe(RawCommand command) => command.CommandField switch
    {
        0x8001 => "C-STORE-RSP",
        0x8020 => "C-FIND-RSP",
        0x8021 => "C-MOVE-RSP",
        0x8010 => "C-GET-RSP",
        0x8030 => "C-ECHO-RSP",
        0x8130 => "N-ACTION-RSP",
        0x8100 => "N-EVENT-REPORT-RSP",
        RawCommand.CCancelRq => "C-CANCEL-RQ",
        var other => $"command {other:X4}H",
    } + (command.Status is { } status ? $" {status:X4}H" : "");
}
