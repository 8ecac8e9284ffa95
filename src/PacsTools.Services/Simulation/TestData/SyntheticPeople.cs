namespace PacsTools.Services.Simulation.TestData;

/// <summary>Names and descriptions in each character set. Nobody has them.</summary>
internal static class SyntheticPeople
{
    private static readonly string[] s_ascii = ["DOE^JANE", "DOE^JOHN", "EXAMPLE^ALICE^M", "SAMPLE^ROBERT^^DR", "TESTER^GRACE", "PHANTOM^HENRY"];
    private static readonly string[] s_latin1 = ["Müller^Jürgen", "Gößmann^Änne", "Lefèvre^Noël", "Nuñez^Íñigo", "Sjöström^Åsa"];
    private static readonly string[] s_utf8 = ["Łukasiewicz^Żaneta", "Dvořák^Jiří", "Παπαδοπούλου^Ελένη", "Люксембург^Анна", "Wang^XiaoDong=王^小東"];
    private static readonly string[] s_japanese = ["Yamada^Tarou=山田^太郎=やまだ^たろう", "Suzuki^Hanako=鈴木^花子=すずき^はなこ"];
    private static readonly string[] s_gb18030 = ["Wang^XiaoDong=王^小东", "Li^Na=李^娜"];

    private static readonly Dictionary<SyntheticModality, string[]> s_descriptions = new()
    {
        [SyntheticModality.CT] = ["CT HEAD", "CT HEAD WITHOUT CONTRAST", "CT HEAD WITH CONTRAST"],
        [SyntheticModality.MR] = ["MR BRAIN", "MR BRAIN WITH CONTRAST"],
        [SyntheticModality.CR] = ["CHEST PA", "CHEST PA AND LATERAL"],
        [SyntheticModality.US] = ["US ABDOMEN", "US UPPER ABDOMEN"],
        [SyntheticModality.SR] = ["REPORT", "CONSULTATION"],
        [SyntheticModality.SC] = ["SCREEN CAPTURE", "SCANNED FORM"],
    };

    public static string Name(SyntheticCharacterSet set, SeededNumbers numbers) => numbers.Pick(set switch
    {
        SyntheticCharacterSet.Latin1 => s_latin1,
        SyntheticCharacterSet.Utf8 => s_utf8,
        SyntheticCharacterSet.Japanese => s_japanese,
        SyntheticCharacterSet.Gb18030 => s_gb18030,
        _ => s_ascii,
    });

    public static string Description(SyntheticCharacterSet set, SyntheticModality modality, SeededNumbers numbers) => set switch
    {
        SyntheticCharacterSet.Latin1 => "Schädel und Gefäße",
        SyntheticCharacterSet.Utf8 => "Badanie główne / Обзор",
        SyntheticCharacterSet.Japanese => "胸部検査",
        SyntheticCharacterSet.Gb18030 => "胸部检查",
        _ => numbers.Pick(s_descriptions[modality]),
    };

    /// <summary>The defined terms of (0008,0005) for texts; none for ASCII.</summary>
    public static IReadOnlyList<string> Terms(SyntheticCharacterSet set, IEnumerable<string> texts) => set switch
    {
        SyntheticCharacterSet.Latin1 => ["ISO_IR 100"],
        SyntheticCharacterSet.Utf8 => ["ISO_IR 192"],
        SyntheticCharacterSet.Japanese => ["", "ISO 2022 IR 87"],
        SyntheticCharacterSet.Gb18030 => ["GB18030"],
        _ => Dicom.Data.SpecificCharacterSet.LeastFor(texts),
    };
}
