using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace PacsTools.TestKit.Data;

/// <summary>UIDs under 2.25 (PS3.5 B.2) that are the same for the same words.</summary>
public static class TestUid
{
    public static string From(string words)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(words))[..16];
        // An RFC 9562 version 8 UUID: made by rule, not by chance.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return "2.25." + new BigInteger(hash, isUnsigned: true, isBigEndian: true).ToString(CultureInfo.InvariantCulture);
    }
}
