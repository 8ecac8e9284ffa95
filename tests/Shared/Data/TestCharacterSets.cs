
namespace PacsTools.TestKit.Data;

/// <summary>The generator's character sets as bytes, taken from the examples of PS3.5 annexes H, J and K where it has them.</summary>
internal static class TestCharacterSets
{
    static TestCharacterSets() => System.Text.Encoding.RegisterProvider(System.Text.CodePagesEncodingProvider.Instance);

    /// <summary>The defined terms of (0008,0005).</summary>
    public static string[] Terms(TestCharacterSet set) => set switch
    {
        TestCharacterSet.Latin1 => ["ISO_IR 100"],
        TestCharacterSet.Utf8 => ["ISO_IR 192"],
        TestCharacterSet.Japanese => ["", "ISO 2022 IR 87"],
        TestCharacterSet.Gb18030 => ["GB18030"],
        _ => [],
    };

    public static System.Text.Encoding Encoding(TestCharacterSet set) => set switch
    {
        TestCharacterSet.Latin1 => System.Text.Encoding.Latin1,
        TestCharacterSet.Utf8 => System.Text.Encoding.UTF8,
        TestCharacterSet.Gb18030 => System.Text.Encoding.GetEncoding("gb18030"),
        _ => System.Text.Encoding.ASCII,
    };

    /// <summary>A patient name that cannot be written in another set of this list.</summary>
    public static byte[] PatientName(TestCharacterSet set) => set switch
    {
        TestCharacterSet.Latin1 => System.Text.Encoding.Latin1.GetBytes("Müller^Jürgen"),
        TestCharacterSet.Utf8 => System.Text.Encoding.UTF8.GetBytes("Wang^XiaoDong=王^小東"),
        // PS3.5 H.3.1: ESC $ B switches to JIS X 0208, ESC ( B back.
        TestCharacterSet.Japanese => System.Text.Encoding.ASCII.GetBytes(
            "Yamada^Tarou=\e$B;3ED\e(B^\e$BB@O:\e(B=\e$B$d$^$@\e(B^\e$B$?$m$&\e(B"),
        TestCharacterSet.Gb18030 => System.Text.Encoding.GetEncoding("gb18030").GetBytes("Wang^XiaoDong=王^小东"),
        _ => System.Text.Encoding.ASCII.GetBytes("DOE^JANE"),
    };

    /// <summary>The name above as text.</summary>
    public static string PatientNameText(TestCharacterSet set) => set switch
    {
        TestCharacterSet.Latin1 => "Müller^Jürgen",
        TestCharacterSet.Utf8 => "Wang^XiaoDong=王^小東",
        TestCharacterSet.Japanese => "Yamada^Tarou=山田^太郎=やまだ^たろう",
        TestCharacterSet.Gb18030 => "Wang^XiaoDong=王^小东",
        _ => "DOE^JANE",
    };
}
