using System.Text;

namespace PacsTools.Dicom.Data;

using Encoding = System.Text.Encoding;

/// <summary>Encodings of the base class library. The code page provider is asked directly and never registered: the process
/// belongs to someone else.</summary>
internal static class CodePages
{
    internal const char Undefined = '\uFFFD';

    internal static Encoding Strict(int codePage) => Get(codePage, EncoderFallback.ExceptionFallback, new DecoderReplacementFallback("\uFFFD"));

    internal static Encoding? TryGetByName(string name)
    {
        try
        {
            Encoding? found = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
            return found is null ? null : Strict(found.CodePage);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static Encoding Get(int codePage, EncoderFallback encoder, DecoderFallback decoder) =>
        CodePagesEncodingProvider.Instance.GetEncoding(codePage, encoder, decoder) ?? Encoding.GetEncoding(codePage, encoder, decoder);
}
