using System.Text;

namespace PacsTools.Dicom.Data;

using Encoding = System.Text.Encoding;

/// <summary>For data sets that declare nothing useful: reads with the encoding the site knows its archive to use, writes only
/// ASCII, since a reader would not know that encoding.</summary>
internal sealed class FallbackCodec(Encoding encoding) : ITextCodec
{
    private readonly EncodingCodec _reader = new(WithReplacement(encoding));

    public string Decode(ReadOnlySpan<byte> value, TextDelimiters delimiters, out bool hadUndefinedBytes) =>
        _reader.Decode(value, delimiters, out hadUndefinedBytes);

    public bool TryEncode(string text, TextDelimiters delimiters, out byte[] bytes)
    {
        bytes = Ascii.IsValid(text) ? Encoding.ASCII.GetBytes(text) : [];
        return bytes.Length == text.Length;
    }

    private static Encoding WithReplacement(Encoding encoding)
    {
        var copy = (Encoding)encoding.Clone();
        copy.DecoderFallback = new DecoderReplacementFallback("\uFFFD");
        return copy;
    }
}
