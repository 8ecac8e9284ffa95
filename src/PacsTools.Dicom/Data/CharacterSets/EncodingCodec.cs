using System.Text;

namespace PacsTools.Dicom.Data;

using Encoding = System.Text.Encoding;

/// <summary>Sets without code extensions: UTF-8, GB18030, GBK (PS3.3 Table C.12-5), and fallbacks. The whole value goes through one encoding.</summary>
internal sealed class EncodingCodec(Encoding encoding) : ITextCodec
{
    public string Decode(ReadOnlySpan<byte> value, TextDelimiters delimiters, out bool hadUndefinedBytes)
    {
        string text = encoding.GetString(value);
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
