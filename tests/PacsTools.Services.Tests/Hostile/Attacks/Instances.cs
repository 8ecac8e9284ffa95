using PacsTools.TestKit.Data;

namespace PacsTools.Services.Tests.Hostile;

/// <summary>Instances no honest peer has.</summary>
internal static class Instances
{
    /// <summary>UIDs that are paths, names the file systems keep for themselves, or nothing anybody could print.</summary>
    public static IReadOnlyList<string> Uids { get; } =
    [
        "../../../../etc/passwd", "..\\..\\windows\\system32", "/etc/passwd", "C:\\outside", "\\\\server\\share\\x", "..", ".", "CON", "nul.dcm", "COM1", "LPT9.x", "~", "-rf",
        "1.2\u00003", "1\r\n2", "\u001b[2J", "%2e%2e%2f", new string('9', 10_000), "1.2.3.",
    ];

    /// <summary>A UID in letters that no character set of a command set has.</summary>
    public const string ForeignUid = "1.2.ä.ÿ";

    /// <summary>The smallest instance with these UIDs, in implicit VR little endian.</summary>
    public static TestInstance Of(string uid, string study = "1.2.3.4", string series = "1.2.3.5") => new()
    {
        SOPClassUID = DicomTarget.CT,
        SOPInstanceUID = uid,
        StudyInstanceUID = study,
        SeriesInstanceUID = series,
        TransferSyntaxUID = TestStudy.ImplicitLittleEndian,
        DataSet = Header(uid, study, series).ToBytes(explicitVR: false),
    };

    public static RawDataSet Header(string uid, string study = "1.2.3.4", string series = "1.2.3.5") => new RawDataSet()
        .Text(0x00080016, "UI", DicomTarget.CT)
        .Text(0x00080018, "UI", uid)
        .Text(0x00100020, "LO", "HOSTILE")
        .Text(0x0020000D, "UI", study)
        .Text(0x0020000E, "UI", series);
}
