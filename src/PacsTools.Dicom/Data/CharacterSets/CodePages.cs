using System.Text;

namespace PacsTools.Dicom.Data;

using Encoding = System.Text.Encoding;

/// <summary>Encodings of the base class library. The code page provider is asked directly and never registered: the process
/// belongs to someone else.</summary>
internal static class CodePages
{
    internal const char Undefined = '\uFFFD';

    // The runtime has these two itself; asking the provider would load its assembly for nothing.
    internal const int Utf8 = 65001;
    internal const int Latin1 = 28591;

    internal static Encoding Strict(int codePage) => Get(codePage, EncoderFallback.ExceptionFallback, new DecoderReplacementFallback("\uFFFD"));

    /// <summary>An encoding by a name that is no defined term, or null.</summary>
    internal static Encoding? TryGetByName(string name)
    {
        try
        {
            Encoding found = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
            return HoldsAscii(found) ? Strict(found.CodePage) : null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    // The delimiters and escape sequences of DICOM are ASCII: UTF-16 or EBCDIC cannot stand in a data set.
    private static bool HoldsAscii(Encoding encoding) => encoding.GetBytes("A\\^=").AsSpan().SequenceEqual("A\\^="u8);

    private static Encoding Get(int codePage, EncoderFallback encoder, DecoderFallback decoder) =>
        codePage is Utf8 or Latin1
            ? Encoding.GetEncoding(codePage, encoder, decoder)
            : CodePagesEncodingProvider.Instance.GetEncoding(codePage, encoder, decoder) ?? Encoding.GetEncoding(codePage, encoder, decoder);
}
