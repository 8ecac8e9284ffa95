namespace PacsTools.Dicom.Data;

/// <summary>What PS3.5 6.2 and 7.1.2 say of each value representation.</summary>
public static class VRTraits
{
    private const int Letters = 26;
    private static readonly Trait[] s_table = BuildTable();

    [Flags]
    private enum Trait : ushort
    {
        None = 0,
        Known = 1,
        LongLength = 2,
        Text = 4,
        CharacterSet = 8,
        SingleText = 16,
        KeepLeadingSpace = 32,
        Unit2 = 64,
        Unit4 = 128,
        Unit8 = 256,
        Stream = 512,
    }

    /// <summary>True if the standard defines this value representation.</summary>
    public static bool IsKnown(this DicomVR vr) => Of(vr) != Trait.None;

    /// <summary>True if explicit VR syntaxes give it two reserved bytes and a 32-bit length (PS3.5 7.1.2).</summary>
    public static bool HasLongLength(this DicomVR vr) => (Of(vr) & Trait.LongLength) != 0;

    /// <summary>True if its values are text, padded with a space (UI: NUL).</summary>
    public static bool IsText(this DicomVR vr) => (Of(vr) & Trait.Text) != 0;

    /// <summary>True if its text is in the data set's specific character set (PS3.5 6.1.2.2).</summary>
    public static bool UsesCharacterSet(this DicomVR vr) => (Of(vr) & Trait.CharacterSet) != 0;

    /// <summary>True if a backslash separates values: every text but ST, LT, UT and UR.</summary>
    public static bool SplitsOnBackslash(this DicomVR vr) => (Of(vr) & (Trait.Text | Trait.SingleText)) == Trait.Text;

    /// <summary>True if its values are numbers or bytes rather than text or items.</summary>
    public static bool IsBinary(this DicomVR vr) => IsKnown(vr) && !IsText(vr) && vr != DicomVR.SQ;

    /// <summary>True for OB, OD, OF, OL, OV, OW and UN: one value which is a stream of bytes or words.</summary>
    public static bool IsStream(this DicomVR vr) => (Of(vr) & Trait.Stream) != 0;

    /// <summary>Bytes swapped together in big endian: 1, 2, 4 or 8 (PS3.5 7.3).</summary>
    public static int UnitSize(this DicomVR vr)
    {
        Trait trait = Of(vr);
        if ((trait & Trait.Unit2) != 0) return 2;
        if ((trait & Trait.Unit4) != 0) return 4;
        return (trait & Trait.Unit8) != 0 ? 8 : 1;
    }

    /// <summary>The byte which pads an odd value: a space for text, NUL for UI and everything binary (PS3.5 6.2).</summary>
    public static byte PaddingByte(this DicomVR vr) => IsText(vr) && vr != DicomVR.UI ? (byte)' ' : (byte)0;

    /// <summary>True if leading spaces belong to the value: ST, LT, UT, UC, UR and PN.</summary>
    internal static bool KeepsLeadingSpace(this DicomVR vr) => (Of(vr) & Trait.KeepLeadingSpace) != 0;

    /// <summary>The two characters, such as <c>PN</c>; a number where they are not letters.</summary>
    public static string ToCode(this DicomVR vr) => IsKnown(vr)
        ? string.Create(2, vr, static (chars, v) => { chars[0] = (char)((ushort)v >> 8); chars[1] = (char)((ushort)v & 0xFF); })
        : $"0x{(ushort)vr:X4}";

    /// <summary>Reads a code such as <c>PN</c>.</summary>
    /// <returns>False if the standard does not define it.</returns>
    public static bool TryParse(string? code, out DicomVR vr)
    {
        vr = default;
        if (code is not { Length: 2 } || code[0] > 'Z' || code[1] > 'Z') return false;
        vr = (DicomVR)((code[0] << 8) | code[1]);
        return IsKnown(vr);
    }

    private static Trait Of(DicomVR vr)
    {
        int first = ((ushort)vr >> 8) - 'A';
        int second = ((ushort)vr & 0xFF) - 'A';
        return (uint)first < Letters && (uint)second < Letters ? s_table[(first * Letters) + second] : Trait.None;
    }

    private static Trait[] BuildTable()
    {
        var table = new Trait[Letters * Letters];
        const Trait text = Trait.Text;
        const Trait chars = Trait.Text | Trait.CharacterSet;
        const Trait single = Trait.SingleText | Trait.KeepLeadingSpace;
        const Trait stream = Trait.Stream | Trait.LongLength;

        Put(text, DicomVR.AE, DicomVR.AS, DicomVR.CS, DicomVR.DA, DicomVR.DS, DicomVR.DT, DicomVR.IS, DicomVR.TM, DicomVR.UI);
        Put(chars, DicomVR.LO, DicomVR.SH);
        Put(chars | Trait.KeepLeadingSpace, DicomVR.PN);
        Put(chars | single, DicomVR.ST, DicomVR.LT);
        Put(chars | single | Trait.LongLength, DicomVR.UT);
        Put(chars | Trait.KeepLeadingSpace | Trait.LongLength, DicomVR.UC);
        Put(text | single | Trait.LongLength, DicomVR.UR);
        Put(Trait.Unit2, DicomVR.AT, DicomVR.SS, DicomVR.US);
        Put(Trait.Unit4, DicomVR.FL, DicomVR.SL, DicomVR.UL);
        Put(Trait.Unit8, DicomVR.FD);
        Put(Trait.Unit8 | Trait.LongLength, DicomVR.SV, DicomVR.UV);
        Put(stream, DicomVR.OB, DicomVR.UN);
        Put(stream | Trait.Unit2, DicomVR.OW);
        Put(stream | Trait.Unit4, DicomVR.OF, DicomVR.OL);
        Put(stream | Trait.Unit8, DicomVR.OD, DicomVR.OV);
        Put(Trait.LongLength, DicomVR.SQ);
        return table;

        void Put(Trait traits, params DicomVR[] vrs)
        {
            foreach (DicomVR vr in vrs)
                table[((((ushort)vr >> 8) - 'A') * Letters) + ((ushort)vr & 0xFF) - 'A'] = traits | Trait.Known;
        }
    }
}
