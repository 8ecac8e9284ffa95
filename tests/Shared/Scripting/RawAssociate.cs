using System.Buffers.Binary;
using System.Text;

namespace PacsTools.TestKit.Scripting;

/// <summary>A presentation context proposed by an A-ASSOCIATE-RQ.</summary>
public sealed record RawContext(byte Id, string AbstractSyntax, IReadOnlyList<string> TransferSyntaxes);

/// <summary>A presentation context as answered: result 0 accepts, 1 user rejection, 3 abstract syntax, 4 transfer syntaxes not supported.</summary>
public sealed record RawContextAnswer(byte Id, byte Result, string TransferSyntax);

/// <summary>A-ASSOCIATE-RQ and -AC as bytes (PS3.8 9.3.2, 9.3.3).</summary>
public sealed record RawAssociate
{
    public const string ImplicitLittleEndian = "1.2.840.10008.1.2";
    public const string ExplicitLittleEndian = "1.2.840.10008.1.2.1";
    private const string ApplicationContext = "1.2.840.10008.3.1.1.1";

    public string CalledAETitle { get; init; } = "ANY-SCP";

    public string CallingAETitle { get; init; } = "SCRIPT";

    public IReadOnlyList<RawContext> Contexts { get; init; } = [];

    public uint MaxPduLength { get; init; } = 16384;

    /// <summary>User information items other than the maximum length: type and value.</summary>
    public IReadOnlyList<(byte Type, byte[] Value)> UserItems { get; init; } =
        [(0x52, Ascii("1.2.826.0.1.3680043.10.1")), (0x55, Ascii("SCRIPT_1"))];

    public static RawAssociate Parse(RawPdu pdu)
    {
        byte[] body = pdu.Body;
        var contexts = new List<RawContext>();
        var userItems = new List<(byte, byte[])>();
        uint max = 0;
        foreach ((byte type, byte[] value) in Items(body.AsSpan(68)))
        {
            if (type == 0x20)
            {
                (byte Type, byte[] Value)[] parts = [.. Items(value.AsSpan(4))];
                contexts.Add(new RawContext(
                    value[0],
                    Text(parts.First(p => p.Type == 0x30).Value),
                    [.. parts.Where(p => p.Type == 0x40).Select(p => Text(p.Value))]));
            }
            else if (type == 0x50)
            {
                foreach ((byte itemType, byte[] item) in Items(value))
                {
                    if (itemType == 0x51)
                        max = BinaryPrimitives.ReadUInt32BigEndian(item);
                    else
                        userItems.Add((itemType, item));
                }
            }
        }
        return new RawAssociate
        {
            CalledAETitle = Text(body.AsSpan(4, 16)),
            CallingAETitle = Text(body.AsSpan(20, 16)),
            Contexts = contexts,
            MaxPduLength = max,
            UserItems = userItems,
        };
    }

    /// <summary>The request.</summary>
    public RawPdu ToRequest() => new(RawPdu.AssociateRq, Body(Contexts.Select(c => Item(
        0x20,
        [c.Id, 0, 0, 0, .. Item(0x30, Ascii(c.AbstractSyntax)), .. c.TransferSyntaxes.SelectMany(t => Item(0x40, Ascii(t)))]))));

    /// <summary>An acceptance of this request. Without <paramref name="answer"/> every context is accepted with implicit VR little endian if that was proposed, else with the first syntax.</summary>
    public RawPdu ToAccept(Func<RawContext, RawContextAnswer>? answer = null, uint maxPduLength = 16384)
    {
        answer ??= Accept;
        RawAssociate reply = this with { MaxPduLength = maxPduLength, UserItems = new RawAssociate().UserItems };
        return new RawPdu(RawPdu.AssociateAc, reply.Body(Contexts.Select(answer).Select(a =>
            Item(0x21, [a.Id, 0, a.Result, 0, .. Item(0x40, Ascii(a.TransferSyntax))]))));
    }

    public static RawContextAnswer Accept(RawContext context) => new(
        context.Id,
        0,
        context.TransferSyntaxes.Contains(ImplicitLittleEndian) ? ImplicitLittleEndian : context.TransferSyntaxes[0]);

    public static byte[] Item(byte type, ReadOnlySpan<byte> value)
    {
        byte[] bytes = new byte[4 + value.Length];
        bytes[0] = type;
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)value.Length);
        value.CopyTo(bytes.AsSpan(4));
        return bytes;
    }

    private byte[] Body(IEnumerable<byte[]> contextItems)
    {
        byte[] max = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(max, MaxPduLength);
        byte[] user = [.. Item(0x51, max), .. UserItems.SelectMany(i => Item(i.Type, i.Value))];
        return
        [
            0, 1, 0, 0,
            .. Ascii(CalledAETitle.PadRight(16)),
            .. Ascii(CallingAETitle.PadRight(16)),
            .. new byte[32],
            .. Item(0x10, Ascii(ApplicationContext)),
            .. contextItems.SelectMany(i => i),
            .. Item(0x50, user),
        ];
    }

    private static List<(byte Type, byte[] Value)> Items(ReadOnlySpan<byte> bytes)
    {
        var items = new List<(byte, byte[])>();
        while (bytes.Length >= 4)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
            items.Add((bytes[0], bytes.Slice(4, length).ToArray()));
            bytes = bytes[(4 + length)..];
        }
        return items;
    }

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetString(bytes).Trim(' ', '\0');
}
