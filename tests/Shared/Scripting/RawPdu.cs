using System.Buffers.Binary;

namespace PacsTools.TestKit.Scripting;

/// <summary>
/// A PDU as bytes on the wire (PS3.8 9.3). Written apart from the engine on purpose: a test that used the engine at both
/// ends would not notice a mistake made at both.
/// </summary>
public sealed record RawPdu(byte Type, byte[] Body)
{
    public const byte AssociateRq = 1, AssociateAc = 2, AssociateRj = 3, Data = 4, ReleaseRq = 5, ReleaseRp = 6, AbortPdu = 7;

    public static RawPdu Release { get; } = new(ReleaseRq, [0, 0, 0, 0]);

    public static RawPdu ReleaseReply { get; } = new(ReleaseRp, [0, 0, 0, 0]);

    /// <summary>The whole PDU with its header of six bytes.</summary>
    public byte[] ToBytes()
    {
        byte[] bytes = new byte[6 + Body.Length];
        bytes[0] = Type;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(2), (uint)Body.Length);
        Body.CopyTo(bytes, 6);
        return bytes;
    }

    /// <summary>A-ABORT; source 0 is the service user, 2 the provider.</summary>
    public static RawPdu Abort(byte source = 0, byte reason = 0) => new(AbortPdu, [0, 0, source, reason]);

    /// <summary>A-ASSOCIATE-RJ; result 1 is permanent, 2 transient.</summary>
    public static RawPdu Reject(byte result, byte source, byte reason) => new(AssociateRj, [0, result, source, reason]);

    /// <summary>P-DATA-TF with one PDV.</summary>
    public static RawPdu DataValue(byte contextId, bool isCommand, bool isLast, ReadOnlySpan<byte> payload) =>
        new(Data, Pdv(contextId, isCommand, isLast, payload));

    /// <summary>One PDV item, to be put into the body of a P-DATA-TF alone or beside others.</summary>
    public static byte[] Pdv(byte contextId, bool isCommand, bool isLast, ReadOnlySpan<byte> payload)
    {
        byte[] bytes = new byte[6 + payload.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)payload.Length + 2);
        bytes[4] = contextId;
        bytes[5] = (byte)((isCommand ? 1 : 0) | (isLast ? 2 : 0));
        payload.CopyTo(bytes.AsSpan(6));
        return bytes;
    }

    /// <summary>The PDVs of a P-DATA-TF.</summary>
    public IEnumerable<RawPdv> ReadPdvs()
    {
        for (int at = 0; at < Body.Length;)
        {
            int length = (int)BinaryPrimitives.ReadUInt32BigEndian(Body.AsSpan(at));
            byte header = Body[at + 5];
            yield return new RawPdv(Body[at + 4], (header & 1) != 0, (header & 2) != 0, Body[(at + 6)..(at + 4 + length)]);
            at += 4 + length;
        }
    }
}

/// <summary>One presentation data value.</summary>
public sealed record RawPdv(byte ContextId, bool IsCommand, bool IsLast, byte[] Payload);
