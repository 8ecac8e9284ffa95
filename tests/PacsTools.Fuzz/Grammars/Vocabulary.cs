using System.Text;

namespace PacsTools.Fuzz.Grammars;

/// <summary>Tags, value representations, UIDs and texts that mean something to the code under test.</summary>
internal static class Vocabulary
{
    internal static readonly (uint Tag, string VR)[] Tags =
    [
        (0x00080000, "UL"), (0x00080005, "CS"), (0x00080008, "CS"), (0x00080016, "UI"), (0x00080018, "UI"), (0x00080020, "DA"), (0x0008002A, "DT"), (0x00080030, "TM"),
        (0x00080050, "SH"), (0x00080052, "CS"), (0x00080056, "CS"), (0x00080060, "CS"), (0x00080061, "CS"), (0x00080201, "SH"), (0x00081030, "LO"), (0x00081110, "SQ"), (0x00081115, "SQ"), (0x00081190, "UR"),
        (0x00090010, "LO"), (0x00091001, "UN"), (0x00091002, "PN"), (0x00091003, "SQ"), (0x00100010, "PN"), (0x00100020, "LO"), (0x00100030, "DA"), (0x00101010, "AS"), (0x00104000, "LT"),
        (0x00180050, "DS"), (0x00181063, "DS"), (0x0020000D, "UI"), (0x0020000E, "UI"), (0x00200010, "SH"), (0x00200013, "IS"), (0x00280002, "US"), (0x00280004, "CS"), (0x00280006, "US"),
        (0x00280008, "IS"), (0x00280009, "AT"), (0x00280010, "US"), (0x00280011, "US"), (0x00280100, "US"), (0x00280101, "US"), (0x00280102, "US"), (0x00280103, "US"), (0x00280106, "SS"),
        (0x00280120, "US"), (0x00281050, "DS"), (0x00281051, "DS"), (0x00281052, "DS"), (0x00281053, "DS"), (0x00281056, "CS"), (0x00281101, "US"), (0x00281102, "US"), (0x00281103, "US"), (0x00281201, "OW"),
        (0x00281202, "OW"), (0x00281203, "OW"), (0x00283000, "SQ"), (0x00283002, "SS"), (0x00283006, "OW"), (0x00283010, "SQ"), (0x0040A043, "SQ"), (0x0040A040, "CS"), (0x0040A124, "UI"), (0x0040A160, "UT"),
        (0x0040A30A, "DS"), (0x0040A730, "SQ"), (0x00400100, "SQ"), (0x00400275, "SQ"), (0x00420011, "OB"), (0x00660016, "OF"), (0x00720080, "US"), (0x00720082, "SV"), (0x00720083, "UV"), (0x00720074, "FD"),
        (0x20500020, "CS"), (0x54000100, "SQ"), (0x54001010, "OW"), (0x60003000, "OW"), (0x7FE00001, "OV"), (0x7FE00008, "OF"), (0x7FE00009, "OD"), (0x7FE00010, "OW"), (0xFFFCFFFC, "OB"), (0x00020010, "UI"),
        (0x00000000, "UL"), (0xFFFEE000, "UN"), (0xFFFEE00D, "UN"), (0xFFFEE0DD, "UN"), (0xFFFFFFFF, "UN"), (0x00189461, "FL"), (0x00186020, "SL"), (0x00189182, "FD"), (0x00080119, "UC"),
    ];

    internal static readonly string[] VRs =
    [
        "AE", "AS", "AT", "CS", "DA", "DS", "DT", "FD", "FL", "IS", "LO", "LT", "OB", "OD", "OF", "OL", "OV", "OW", "PN", "SH", "SL", "SQ", "SS", "ST", "SV", "TM", "UC", "UI", "UL", "UN",
        "UR", "US", "UT", "UV", "ZZ", "??", "--", "  ", "\0\0", "OX",
    ];

    internal static readonly string[] Uids =
    [
        "1.2.840.10008.1.1", "1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.1.99", "1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.5", "1.2.840.113619.5.2",
        "1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.5.1.4.1.1.7", "1.2.840.10008.5.1.4.1.2.2.1", "1.2.840.10008.5.1.4.1.2.2.2", "1.2.840.10008.5.1.4.31", "1.2.840.10008.1.20.1", "1.2.840.10008.3.1.1.1",
        "1.2.3", "1.2.826.0.1.3680043.10.1", "", "1", "0", "..", "1.2.840.10008.1.2.4.999", "9999999999999999999999999999999999999999999999999999999999999999.1",
    ];

    internal static readonly string[] CharacterSets =
    [
        "", "ISO_IR 6", "ISO_IR 13", "ISO_IR 100", "ISO_IR 101", "ISO_IR 109", "ISO_IR 110", "ISO_IR 126", "ISO_IR 127", "ISO_IR 138", "ISO_IR 144", "ISO_IR 148", "ISO_IR 166", "ISO_IR 192", "ISO_IR 203", "GB18030", "GBK",
        "ISO 2022 IR 6", "ISO 2022 IR 13", "ISO 2022 IR 58", "ISO 2022 IR 87", "ISO 2022 IR 100", "ISO 2022 IR 101", "ISO 2022 IR 144", "ISO 2022 IR 149", "ISO 2022 IR 159", "ISO 2022 IR 166", "ISO-IR 100", "UTF-8", "ISO_IR_192", "ISO 2022 GBK",
        "ISO_IR 999", "latin1", "ISO 2022 IR", "\\",
    ];

    internal static readonly string[] Texts =
    [
        "", "A", "DOE^JANE", "DOE^JANE=\u00e4=\u00fc", "^^^^", "====", "a\\b\\c", "\\\\\\", " padded ", "20240102", "2024.01.02", "00010101", "99991231235959.999999+1400", "20240102030405.678901-0500", "235960", "12:30:59.1234567", "+0100", "-9999",
        "0", "-1", "+5", "1.0", "1e400", "-1e-400", "NaN", "Infinity", "9223372036854775808", "2147483648", "00000000000000000000000001", "0x10", "1,5", "065Y", "ORIGINAL\\PRIMARY\\AXIAL", "MONOCHROME2", "RGB", "PALETTE COLOR", "YBR_FULL", "YBR_FULL_422",
        "../../etc/passwd", "C:\\x", "CON", "a\0b", "\x1b$B;3ED\x1b(B", "\x1b$)C\xb1\xe8", "\x1b(J", "\x1b$A", "\x1b,F", "\xff\xfe", "\xe5\xb1\xb1", "\xf0\x9f\x98\x80", "\xed\xa0\x80", "*", "?", "\"", "*20240101-", "20240101-20231231", "\x85\x40\x81\x30\x81\x30",
    ];

    internal static readonly byte[][] Tokens =
    [
        [0xFE, 0xFF, 0x00, 0xE0, 0xFF, 0xFF, 0xFF, 0xFF], [0xFE, 0xFF, 0x0D, 0xE0, 0, 0, 0, 0], [0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0], [0xFF, 0xFE, 0xE0, 0x00, 0xFF, 0xFF, 0xFF, 0xFF], [0xFF, 0xFE, 0xE0, 0xDD, 0, 0, 0, 0],
        [0xFF, 0xFF, 0xFF, 0xFF], [0xE0, 0x7F, 0x10, 0x00], [0x08, 0x00, 0x05, 0x00], "SQ\0\0"u8.ToArray(), "UN\0\0"u8.ToArray(), "OB\0\0"u8.ToArray(), "PN"u8.ToArray(), "DICM"u8.ToArray(), [0x78, 0x9C], [0x1B, 0x24, 0x42],
        .. CharacterSets.Select(Encoding.Latin1.GetBytes), .. Texts.Select(Encoding.Latin1.GetBytes), .. VRs.Select(Encoding.Latin1.GetBytes),
    ];

    private static readonly Dictionary<uint, string> s_vrs = Tags.ToDictionary(tag => tag.Tag, tag => tag.VR);

    internal static string VROf(uint tag) => s_vrs.GetValueOrDefault(tag, "UN");
}
