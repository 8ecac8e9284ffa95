using System.Buffers.Binary;
using System.Text;

namespace PacsTools.Interop.Tests.Corpus;

/// <summary>Files such as the field has and the standard does not want, written byte by byte.</summary>
internal static class OddFiles
{
    private const string Implicit = "1.2.840.10008.1.2";
    private const string Explicit = "1.2.840.10008.1.2.1";
    private const string BigEndian = "1.2.840.10008.1.2.2";
    private const string GeBigEndianPixels = "1.2.840.113619.5.2";
    private const string Jpeg = "1.2.840.10008.1.2.4.70";
    private const string LongText = "This text is rather long. ";

    /// <summary>Each with what is odd of it.</summary>
    public static IEnumerable<(string Name, byte[] Bytes)> All()
    {
        foreach (var (name, explicitly) in new[] { ("explicit", true), ("implicit", false) })
        {
            var head = Head(explicitly);
            yield return ($"{name}, announced rightly", File(explicitly ? Explicit : Implicit, head));
            yield return ($"{name}, announced as the other", File(explicitly ? Implicit : Explicit, head));
            yield return ($"{name}, announced as big endian", File(BigEndian, head));
            yield return ($"{name}, no meta information", head.ToArray());
            yield return ($"{name}, no meta information but a preamble", [.. new byte[128], .. "DICM"u8, .. head.ToArray()]);
            yield return ($"{name}, no preamble", File(explicitly ? Explicit : Implicit, head)[128..]);
            yield return ($"{name}, neither preamble nor prefix", File(explicitly ? Explicit : Implicit, head)[132..]);
            yield return ($"{name}, private sequences", File(explicitly ? Explicit : Implicit, Head(explicitly).PrivateSequences()));
            yield return ($"{name}, odd lengths", File(explicitly ? Explicit : Implicit, Head(explicitly).Text(0x00081030, "LO", "odd").Text(0x00180015, "CS", "CHEST").Bytes(0x00291010, "UN", [1, 2, 3])));
            yield return ($"{name}, an element twice", File(explicitly ? Explicit : Implicit, Head(explicitly).Text(0x00081030, "LO", "first ").Text(0x00081030, "LO", "second")));
            yield return ($"{name}, out of order", File(explicitly ? Explicit : Implicit, Head(explicitly).Text(0x00200010, "SH", "1 ").Text(0x00080050, "SH", "A1").Text(0x00081030, "LO", "back  ")));
            yield return ($"{name}, zeros at the end", [.. File(explicitly ? Explicit : Implicit, head), .. new byte[70]]);
            yield return ($"{name}, trailing padding", File(explicitly ? Explicit : Implicit, Head(explicitly).Bytes(0xFFFCFFFC, "OB", new byte[100])));
            yield return ($"{name}, sequences of every kind", File(explicitly ? Explicit : Implicit, Head(explicitly).Sequences()));
            yield return ($"{name}, retired groups", File(explicitly ? Explicit : Implicit, Head(explicitly).Group0Length(0x0010).Text(0x00204000, "LT", "comment ").Bytes(0x50000005, "US", [1, 0]).Bytes(0x60020010, "US", [2, 0])));
            yield return ($"{name}, long text", File(explicitly ? Explicit : Implicit, Head(explicitly).Text(0x0040A160, "UT", string.Concat(Enumerable.Repeat(LongText, 4000)))));
            yield return ($"{name}, numbers of every kind", File(explicitly ? Explicit : Implicit, Head(explicitly).Numbers()));
        }

        foreach (var (name, length) in new[] { ("missing", -1), ("zero", 0), ("short", 30), ("long", 5000) })
            yield return ($"meta group length {name}", File(Explicit, Head(true), length));
        foreach (var vr in new[] { "UN", "OB", "  ", "--", "??", "ZZ", "\0\0", "UT", "SQ" })
            yield return ($"known text with VR '{vr}'", File(Explicit, Head(true).Bytes(0x00081030, vr, "text"u8.ToArray())));
        foreach (var (name, bytes) in UnknownSequences()) yield return (name, bytes);
        yield return ("big endian", File(BigEndian, new OddDataSet(true, true).Text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2\0").Numbers().Sequences()));
        yield return ("big endian, no meta information", new OddDataSet(true, true).Text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2\0").Numbers().ToArray());
        yield return ("GE implicit with pixels in big endian", File(GeBigEndianPixels, Head(false).Bytes(0x00280010, "US", [2, 0]).Bytes(0x7FE00010, "OW", [1, 2, 3, 4])));
        yield return ("ACR-NEMA", new OddDataSet(false).Group0Length(0x0008).Text(0x00080010, "LO", "ACR-NEMA 2.0").Text(0x00080020, "DA", "1993.01.31").Text(0x00100010, "PN", "OLD^NAME").ToArray());
        yield return ("fragments without offsets", File(Jpeg, Head(true).Fragments([], [1, 2, 3, 4], [5, 6])));
        yield return ("fragments with offsets, and something behind", File(Jpeg, Head(true).Fragments([0, 0, 0, 0], [1, 2, 3, 4]).Bytes(0xFFFAFFFA, "OB", [1, 2])));
        yield return ("illegal text", File(Explicit, Head(true).Text(0x00100030, "DA", "yesterday ").Text(0x00200013, "IS", "one ").Text(0x00281052, "DS", "1,5 ").Text(0x00181049, "DS", @"+1.50\ 2\.5\-0\1e3 ")));
        yield return ("spaces and NULs", File(Explicit, Head(true).Text(0x00081030, "LO", "  two  ").Text(0x00081010, "SH", "end\0\0\0").Text(0x00081070, "PN", @" A^B \  \C==D=").Text(0x00204000, "LT", "  kept \\ text ")));
        foreach (var (term, text) in CharacterSets())
            yield return ($"character set {term}", File(Explicit, new OddDataSet(true).Text(0x00080005, "CS", term.Length % 2 == 0 ? term : term + " ").Bytes(0x00081030, "LO", text).Bytes(0x00100010, "PN", text)));
    }

    private static IEnumerable<(string Name, byte[] Bytes)> UnknownSequences()
    {
        var item = new OddDataSet(false).Text(0x00080100, "SH", "CODE").ToArray();
        byte[] items = [0xFE, 0xFF, 0x00, 0xE0, (byte)item.Length, 0, 0, 0, .. item];
        byte[] end = [0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0];
        yield return ("known sequence as UN", File(Explicit, Head(true).Bytes(0x00082218, "UN", items)));
        yield return ("known sequence as UN of undefined length", File(Explicit, Head(true).Open(0x00082218, "UN", [.. items, .. end]).Text(0x00200010, "SH", "1 ")));
        yield return ("private sequence as UN of undefined length", File(Explicit, Head(true).Open(0x00291010, "UN", [.. items, .. end])));
        yield return ("private sequence as UN", File(Explicit, Head(true).Bytes(0x00291010, "UN", items)));
        yield return ("private sequence of undefined length in implicit", File(Implicit, Head(false).Open(0x00291010, "UN", [.. items, .. end]).Text(0x00300010, "SH", "1 ")));
        yield return ("sequence without its delimiter at the end", File(Explicit, Head(true).Open(0x00082218, "SQ", [0xFE, 0xFF, 0x00, 0xE0, 0, 0, 0, 0])));
        yield return ("item without its delimiter at the end", File(Explicit, Head(true).Open(0x00082218, "SQ", [0xFE, 0xFF, 0x00, 0xE0, 0xFF, 0xFF, 0xFF, 0xFF, .. new OddDataSet(true).Text(0x00080100, "SH", "CODE").ToArray()])));
        yield return ("sequence of known length with a delimiter", File(Explicit, Head(true).Bytes(0x00082218, "SQ", end).Text(0x00200010, "SH", "1 ")));
        yield return ("stray delimiter", File(Explicit, Head(true).Raw([0xFE, 0xFF, 0x0D, 0xE0, 0, 0, 0, 0]).Text(0x00200010, "SH", "1 ")));
    }

    private static IEnumerable<(string Term, byte[] Text)> CharacterSets()
    {
        yield return ("", "Gr\u00fc\u00df"u8.ToArray());
        yield return ("ISO_IR 100", Encoding.Latin1.GetBytes("Gr\u00fc\u00dfe^\u00c4"));
        yield return ("ISO_IR 192", "Wang^XiaoDong=\u738b^\u5c0f\u6771="u8.ToArray());
        yield return ("GB18030", [0x57, 0x5E, 0x58, 0x3D, 0xCD, 0xF5, 0x5E, 0xD0, 0xA1, 0xB6, 0xAB, 0x20]);
        yield return ("GBK", [0xCD, 0xF5, 0x5E, 0xD0, 0xA1, 0x81, 0x5C, 0x20]);
        yield return (@"\ISO 2022 IR 149", [0x48, 0x3D, 0x1B, 0x24, 0x29, 0x43, 0xFB, 0xF3, 0x5E, 0x1B, 0x24, 0x29, 0x43, 0xD1, 0xCE, 0xD4, 0xD7, 0x20]);
        yield return (@"\ISO 2022 IR 87", [0x59, 0x3D, 0x1B, 0x24, 0x42, 0x3B, 0x33, 0x45, 0x44, 0x1B, 0x28, 0x42]);
        yield return ("ISO_IR 144", [0xBB, 0xEE, 0xDA, 0x63, 0xD1, 0x5E, 0xD8, 0xE2]);
        yield return ("ISO-IR 100", Encoding.Latin1.GetBytes("misspelt \u00e4"));
    }

    private static OddDataSet Head(bool explicitly) => new OddDataSet(explicitly)
        .Text(0x00080005, "CS", "ISO_IR 100")
        .Text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.7\0")
        .Text(0x00080018, "UI", "1.2.3.4.5.6.7\0");

    /// <param name="syntax">Transfer Syntax UID.</param>
    /// <param name="dataset">What follows.</param>
    /// <param name="groupLength">The length written; null writes the right one, a negative number none.</param>
    private static byte[] File(string syntax, OddDataSet dataset, int? groupLength = null)
    {
        var group = new OddDataSet(true)
            .Bytes(0x00020001, "OB", [0, 1])
            .Text(0x00020002, "UI", "1.2.840.10008.5.1.4.1.1.7\0")
            .Text(0x00020003, "UI", "1.2.3.4.5.6.7\0")
            .Text(0x00020010, "UI", syntax.Length % 2 == 0 ? syntax : syntax + "\0")
            .Text(0x00020012, "UI", "1.2.3.4\0").ToArray();
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, groupLength ?? group.Length);
        byte[] first = groupLength < 0 ? [] : new OddDataSet(true).Bytes(0x00020000, "UL", length).ToArray();
        return [.. new byte[128], .. "DICM"u8, .. first, .. group, .. dataset.ToArray()];
    }
}
