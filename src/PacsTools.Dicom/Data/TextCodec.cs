using System.Buffers;
using System.Text;
using PacsTools.Dicom.Errors;
using TextEncoding = System.Text.Encoding;

namespace PacsTools.Dicom.Data;

/// <summary>Text values between bytes and strings (PS3.5 6.1 and 6.2).</summary>
internal static class TextCodec
{
    private const byte Escape = 0x1B;
    private const byte Backslash = (byte)'\\';
    private static readonly object s_none = Array.Empty<string>();
    private static readonly SearchValues<byte> s_notPlain = NotPlain();

    /// <summary>True if the bytes mean the same in every character set with ASCII in G0.</summary>
    internal static bool IsPlainAscii(ReadOnlySpan<byte> bytes) => !bytes.ContainsAny(s_notPlain);

    /// <summary>Decodes to one string, or to an array if there are no or several values.</summary>
    internal static object Decode(ReadOnlySpan<byte> bytes, DicomVR vr, DicomDataset? owner)
    {
        if (bytes.IsEmpty) return s_none;
        if (!vr.IsText() && vr != DicomVR.UN) return NumberCodec.ToText(bytes, vr);
        if (vr.UsesCharacterSet())
        {
            SpecificCharacterSet characterSet = owner?.CharacterSet ?? SpecificCharacterSet.Default;
            if (!ReferenceEquals(characterSet, SpecificCharacterSet.Default) || !IsPlainAscii(bytes))
                return Tidy(characterSet.DecodeValues(bytes, vr), vr);
        }

        // Only a split value needs the array; nearly all values are single.
        return vr.SplitsOnBackslash() && bytes.Contains(Backslash)
            ? Tidy(TextEncoding.Latin1.GetString(bytes).Split('\\'), vr)
            : Single(bytes, vr);
    }

    /// <summary>Encodes one string or an array of them, without padding.</summary>
    internal static byte[] Encode(object text, DicomVR vr, DicomTag tag, DicomDataset? owner)
    {
        string joined = text as string ?? string.Join('\\', (string[])text);
        if (joined.Length == 0) return [];
        // It would be read as the start of a designation, and switch the character set of what follows.
        if (vr.UsesCharacterSet() && joined.Contains((char)Escape)) throw new DicomDataException($"{tag} {vr.ToCode()} holds an escape character (ESC, 1BH), which is no text but switches character sets (PS3.5 6.1.2.5).");
        if (Ascii.IsValid(joined)) return TextEncoding.ASCII.GetBytes(joined);
        if (vr.UsesCharacterSet()) return (owner?.CharacterSet ?? SpecificCharacterSet.Default).Encode(joined, vr);
        throw new DicomDataException($"{tag} {vr.ToCode()} holds a character outside ASCII, which PS3.5 6.2 does not allow there.");
    }

    private static object Single(ReadOnlySpan<byte> bytes, DicomVR vr)
    {
        bytes = bytes.TrimEnd(" \0"u8);
        if (!vr.KeepsLeadingSpace()) bytes = bytes.TrimStart((byte)' ');
        return bytes.IsEmpty ? s_none : TextEncoding.Latin1.GetString(bytes);
    }

    private static object Tidy(string[] values, DicomVR vr)
    {
        for (int i = 0; i < values.Length; i++)
        {
            string value = values[i].TrimEnd(' ', '\0');
            values[i] = vr.KeepsLeadingSpace() ? value : value.TrimStart(' ');
        }

        if (values.Length != 1) return values;
        return values[0].Length == 0 ? s_none : values[0];
    }

    private static SearchValues<byte> NotPlain()
    {
        var bytes = new byte[129];
        for (int i = 0; i < 128; i++) bytes[i] = (byte)(128 + i);
        bytes[128] = Escape;
        return SearchValues.Create(bytes);
    }
}
