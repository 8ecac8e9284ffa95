namespace PacsTools.Dicom.Data;

/// <summary>The characters at which text returns to the initial character sets, besides control characters (PS3.5 6.1.2.5.3).</summary>
[Flags]
internal enum TextDelimiters
{
    None = 0,
    Backslash = 1,
    CaretAndEquals = 2,
    PersonName = Backslash | CaretAndEquals,
}

/// <summary>One way of turning the bytes of a value into text and back.</summary>
internal interface ITextCodec
{
    string Decode(ReadOnlySpan<byte> value, TextDelimiters delimiters, out bool hadUndefinedBytes);

    bool TryEncode(string text, TextDelimiters delimiters, out byte[] bytes);
}

internal static class TextDelimitersExtensions
{
    /// <summary>Whether a character is one of the delimiters. Control characters other than ESC always are.</summary>
    internal static bool Contains(this TextDelimiters delimiters, char c) => c switch
    {
        '\\' => (delimiters & TextDelimiters.Backslash) != 0,
        '^' or '=' => (delimiters & TextDelimiters.CaretAndEquals) != 0,
        _ => c < ' ',
    };
}
