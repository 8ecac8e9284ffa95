using System.Text;

namespace PacsTools.Dicom.Data;

using Encoding = System.Text.Encoding;

/// <summary>Sets without code extensions: UTF-8, GB18030, GBK (PS3.3 Table C.12-5), and fallbacks. The whole value goes through one encoding.</summary>
internal sealed class EncodingCodec(Encoding encoding) : ITextCodec
{
    public string Decode(ReadOnlySpan<byte> value, TextDelimiters delimiters, out bool hadUndefinedBytes)
    {
        string text = encoding.GetString(value);
        // PS3.5 6.1.3 allows ESC only for code extensions and no control of 80 to 9F; both would steer a terminal.
        if (text.Contains('\x1B') || text.AsSpan().ContainsAnyInRange('\u0080', '\u009F'))
            text = string.Concat(text.Select(c => c is '\x1B' or (>= '\u0080' and <= '\u009F') ? CodePages.Undefined : c));
        hadUndefinedBytes = text.Contains(CodePages.Undefined);
        return text;
    }

    public bool TryEncode(string text, TextDelimiters delimiters, out byte[] bytes)
    {
        try
        {
            bytes = encoding.GetBytes(text);
            return true;
        }
        catch (EncoderFallbackException)
        {
            bytes = [];
            return false;
        }
    }
}
