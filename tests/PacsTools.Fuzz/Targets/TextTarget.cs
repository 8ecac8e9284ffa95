using System.Text;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;
using PacsTools.Fuzz.Grammars;
using PacsTools.Fuzz.Mutation;

namespace PacsTools.Fuzz.Targets;

/// <summary>Text in every specific character set: decoding never throws, and what was decoded can be encoded and decoded to the same. The first line names the sets.</summary>
internal sealed class TextTarget : FuzzTarget
{
    private static readonly DicomVR[] s_vrs = [DicomVR.LO, DicomVR.PN, DicomVR.UT, DicomVR.SH];
    private static readonly byte[][] s_escapes =
        ["\x1b(B"u8.ToArray(), "\x1b(J"u8.ToArray(), "\x1b)I"u8.ToArray(), "\x1b$B"u8.ToArray(), "\x1b$(D"u8.ToArray(), "\x1b$)C"u8.ToArray(), "\x1b$)A"u8.ToArray(), "\x1b-A"u8.ToArray(), "\x1b-B"u8.ToArray(), "\x1b-L"u8.ToArray(), "\x1b-F"u8.ToArray(), "\x1b-T"u8.ToArray(), "\x1b-M"u8.ToArray(), "\x1b"u8.ToArray()];

    internal override string Name => "text";

    internal override IReadOnlyList<string> Rooms => ["PacsTools.Dicom.Data.SpecificCharacterSet", "PacsTools.Dicom.Data.Iso2022Codec", "PacsTools.Dicom.Data.CodedSet", "PacsTools.Dicom.Data.DefinedTerm", "PacsTools.Dicom.Data.DeclaredSets", "PacsTools.Dicom.Data.EncodingCodec", "PacsTools.Dicom.Data.FallbackCodec", "PacsTools.Dicom.Data.CodePages", "PacsTools.Dicom.Data.LeastCharacterSet", "PacsTools.Dicom.Data.PersonName"];

    internal override IReadOnlyList<byte[]> Tokens { get; } = [.. s_escapes, .. Vocabulary.CharacterSets.Select(Encoding.Latin1.GetBytes)];

    internal override int MaxInput => 8 << 10;

    internal override long AllocationAtRest => 1 << 20;

    internal override long AllocationPerByte => 300;

    internal override byte[] Generate(FuzzRandom random)
    {
        string terms = random.Pick(Vocabulary.CharacterSets);
        while (random.OneIn(2)) terms += "\\" + random.Pick(Vocabulary.CharacterSets);
        var bytes = new ByteWriter().Text(terms + "\n").Add(random.Byte());
        for (int pieces = random.Length(40); pieces > 0; pieces--)
        {
            if (random.OneIn(2)) bytes.Add(random.Pick(s_escapes));
            else if (random.OneIn(3)) bytes.Text(random.Pick(Vocabulary.Texts));
            else bytes.Add(random.OneIn(2) ? random.Bytes(1 + random.Next(8)) : Array.ConvertAll(random.Bytes(2 * random.Next(5)), b => (byte)(b | 0xA1)));
        }

        return bytes.ToArray();
    }

    internal override bool IsDocumented(Exception error) => error is DicomDataException;

    internal override void Try(byte[] input)
    {
        int end = Math.Max(0, input.AsSpan().IndexOf((byte)'\n'));
        string[] terms = Encoding.Latin1.GetString(input, 0, end).Split('\\');
        ReadOnlySpan<byte> value = input.AsSpan(Math.Min(input.Length, end + 2));
        int choice = end + 1 < input.Length ? input[end + 1] : 0;
        DicomVR vr = s_vrs[choice & 3];
        SpecificCharacterSet set = SpecificCharacterSet.Parse(terms, (choice & 12) == 12 ? Encoding.Latin1 : null);
        string text = set.Decode(value, vr == DicomVR.PN, out bool hadUndefined);
        string[] values = set.DecodeValues(value, vr);
        
        // A backslash returns to the initial sets only where it divides values.
        Promise(value.Contains((byte)'\\') || values.Length == 0 || string.Join('\\', values) == text, "values are the text, divided");
        _ = PersonName.Parse(text).ToString();
        _ = SpecificCharacterSet.LeastFor(values).Count;
        if (hadUndefined) return;

        // A few characters have a stand-in in the sets of Japan, which comes back in their place.
        string again = set.Decode(set.Encode(text, vr), vr == DicomVR.PN);
        Promise(again.Length == text.Length && set.Decode(set.Encode(again, vr), vr == DicomVR.PN) == again, "text that was encoded is decoded to the same");
    }
}
