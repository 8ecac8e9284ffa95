using System.Globalization;

namespace PacsTools.Dicom.Tests.Pdus;

/// <summary>Byte vectors people can read: hexadecimal digits in any grouping, 'text' in quotes, # starts a comment.</summary>
internal static class Wire
{
    public static byte[] Parse(string text)
    {
        var bytes = new List<byte>();
        foreach (var line in text.Split('\n'))
        {
            for (var i = 0; i < line.Length && line[i] != '#';)
            {
                if (char.IsWhiteSpace(line[i]))
                {
                    i++;
                }
                else if (line[i] == '\'')
                {
                    var end = line.IndexOf('\'', i + 1);
                    bytes.AddRange(System.Text.Encoding.Latin1.GetBytes(line[(i + 1)..end]));
                    i = end + 1;
                }
                else
                {
                    bytes.Add(byte.Parse(line.AsSpan(i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                    i += 2;
                }
            }
        }

        return [.. bytes];
    }

    /// <summary>A PDU of this type around a body, with the right length.</summary>
    public static byte[] Pdu(byte type, params byte[] body) =>
        [type, 0, (byte)(body.Length >> 24), (byte)(body.Length >> 16), (byte)(body.Length >> 8), (byte)body.Length, .. body];

    /// <summary>The fixed part of an A-ASSOCIATE body, with these items behind it.</summary>
    public static byte[] Associate(byte type, params byte[][] items) =>
        Pdu(type, [.. Parse("0001 0000 'ORTHANC         ' 'RIS_CONNECTOR   '"), .. new byte[32], .. items.SelectMany(i => i)]);

    public static byte[] Item(byte type, params byte[] body) => [type, 0, (byte)(body.Length >> 8), (byte)body.Length, .. body];
}
