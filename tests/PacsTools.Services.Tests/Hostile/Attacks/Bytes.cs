using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Services.Tests.Hostile;

/// <summary>PDUs, items and data sets whose lengths are not what they should be.</summary>
internal static class Bytes
{
    /// <summary>The header of a PDU that claims this length.</summary>
    public static byte[] PduHeader(byte type, uint length)
    {
        var bytes = new byte[6];
        bytes[0] = type;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(2), length);
        return bytes;
    }

    /// <summary>The header of a PDV that claims this length.</summary>
    public static byte[] PdvHeader(uint length, byte context = 1, byte control = 3)
    {
        var bytes = new byte[6];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, length);
        (bytes[4], bytes[5]) = (context, control);
        return bytes;
    }

    /// <summary>A P-DATA-TF of this body.</summary>
    public static byte[] PData(params byte[] body) => new RawPdu(RawPdu.Data, body).ToBytes();

    /// <summary>A whole command on a context.</summary>
    public static byte[] Command(RawCommand command, byte context = 1) => Command(command.ToBytes(), context);

    public static byte[] Command(byte[] command, byte context = 1) => RawPdu.DataValue(context, isCommand: true, isLast: true, command).ToBytes();

    /// <summary>A fragment of a data set.</summary>
    public static byte[] Data(byte context, bool isLast, params byte[] payload) => RawPdu.DataValue(context, isCommand: false, isLast, payload).ToBytes();

    public static RawCommand Echo(ushort id = 1) => RawCommand.Request(RawCommand.CEchoRq, id, DicomTarget.Verification);

    /// <summary>The request to store something of CT.</summary>
    public static RawCommand Store(string uid = "1.2.3.4", ushort id = 1) => RawCommand.Request(RawCommand.CStoreRq, id, DicomTarget.CT, hasDataSet: true).Set(0x1000, uid);

    /// <summary>An element of a command set that claims this length and has none.</summary>
    public static byte[] Element(ushort group, ushort element, uint length)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, group);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2), element);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), length);
        return bytes;
    }

    /// <summary>An association request with these items between its titles and its end, and the user information if they have none.</summary>
    public static RawPdu Associate(DicomTarget target, params IEnumerable<byte[]> items) => new(
        RawPdu.AssociateRq,
        [0, 1, 0, 0, .. Title(target.AETitle), .. Title("SCRIPT"), .. new byte[32], .. RawAssociate.Item(0x10, "1.2.840.10008.3.1.1.1"u8), .. items.SelectMany(i => i)]);

    public static byte[] UserInformation { get; } = RawAssociate.Item(0x50, RawAssociate.Item(0x51, [0, 0, 64, 0]));

    public static byte[] Context(byte id, string abstractSyntax = DicomTarget.Verification, params string[] syntaxes) => RawAssociate.Item(
        0x20,
        [id, 0, 0, 0, .. RawAssociate.Item(0x30, Encoding.ASCII.GetBytes(abstractSyntax)), .. syntaxes.DefaultIfEmpty(RawAssociate.ImplicitLittleEndian).SelectMany(s => RawAssociate.Item(0x40, Encoding.ASCII.GetBytes(s)))]);

    /// <summary>A sequence in a sequence and so on, all of undefined length and none ever closed, in implicit VR little endian.</summary>
    public static byte[] Nested(int depth, uint tag = 0x00081140) =>
        [.. Enumerable.Range(0, depth).SelectMany(_ => (byte[])[.. RawDataSet.Header(tag, "SQ", uint.MaxValue, explicitVR: false), .. RawDataSet.Header(0xFFFEE000, "", uint.MaxValue, explicitVR: false)])];

    /// <summary>Deflated zeros behind what comes first: some thousand times as much as goes over the wire.</summary>
    public static byte[] Bomb(byte[] first, int megabytes)
    {
        using var packed = new MemoryStream();
        using (var deflating = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflating.Write(first);
            var zeros = new byte[1 << 20];
            for (var i = 0; i < megabytes; i++)
                deflating.Write(zeros);
        }

        return [.. packed.ToArray(), .. new byte[packed.Length % 2]];
    }

    private static byte[] Title(string title) => Encoding.ASCII.GetBytes(title.PadRight(16));
}
