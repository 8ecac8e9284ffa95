using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace PacsTools.Services.Simulation;

/// <summary>
/// A UID as a key of 32 bytes without an object of its own: four bits a character, exactly. What is no legal UID, which archives hold
/// nevertheless, is kept as its SHA-256 instead, told apart by a first half-byte that no UID has.
/// </summary>
internal readonly record struct UidKey
{
    private const int MaxLength = 64;
    private readonly ulong _a, _b, _c, _d;

    public UidKey(string uid)
    {
        Span<byte> packed = stackalloc byte[32];
        packed.Clear();
        if (!TryPack(uid, packed))
        {
            SHA256.HashData(Encoding.UTF8.GetBytes(uid), packed);
            packed[0] |= 0xF0;
        }

        _a = BinaryPrimitives.ReadUInt64BigEndian(packed);
        _b = BinaryPrimitives.ReadUInt64BigEndian(packed[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(packed[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(packed[24..]);
    }

    /// <summary>Where long UIDs differ is their end, so all four words take part.</summary>
    public override int GetHashCode() => HashCode.Combine(_a, _b, _c, _d);

    private static bool TryPack(string uid, Span<byte> packed)
    {
        if (uid.Length > MaxLength)
            return false;
        for (var i = 0; i < uid.Length; i++)
        {
            var code = uid[i] == '.' ? 11 : uid[i] is >= '0' and <= '9' ? uid[i] - '0' + 1 : 0;
            if (code == 0)
                return false;
            packed[i / 2] |= (byte)((i & 1) == 0 ? code << 4 : code);
        }

        return true;
    }
}
