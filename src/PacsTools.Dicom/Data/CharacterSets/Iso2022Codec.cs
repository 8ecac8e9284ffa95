using System.Buffers;
using System.Text;

namespace PacsTools.Dicom.Data;

using Encoding = System.Text.Encoding;

/// <summary>Single-byte sets and code extensions (PS3.5 6.1.2.4 and 6.1.2.5): G0 and G1, escape sequences, and the return to the
/// initial sets at delimiters.</summary>
internal sealed class Iso2022Codec : ITextCodec
{
    private const byte Escape = 0x1B;
    private readonly CodedSet _initialG0;
    private readonly CodedSet? _initialG1;
    private readonly CodedSet? _onlyG1;
    private readonly CodedSet[] _declared;

    /// <param name="initialG0">What value 1 of (0008,0005) puts into G0.</param>
    /// <param name="initialG1">What value 1 puts into G1, if anything.</param>
    /// <param name="declared">Every set that may be written, in order of preference.</param>
    internal Iso2022Codec(CodedSet initialG0, CodedSet? initialG1, IReadOnlyList<CodedSet> declared)
    {
        _initialG0 = initialG0;
        _initialG1 = initialG1;
        _declared = [.. declared];
        // Some systems leave out the escape sequence, or do not repeat it after a delimiter. With one candidate there is no doubt.
        CodedSet[] candidates = [.. declared.Where(set => set.IsG1).Distinct()];
        _onlyG1 = initialG1 ?? (candidates.Length == 1 ? candidates[0] : null);
    }

    public string Decode(ReadOnlySpan<byte> value, TextDelimiters delimiters, out bool hadUndefinedBytes)
    {
        hadUndefinedBytes = false;
        if (Ascii.IsValid(value) && value.IndexOf(Escape) < 0)
            return Encoding.ASCII.GetString(value);

        var text = new StringBuilder(value.Length);
        CodedSet g0 = _initialG0;
        CodedSet? g1 = _onlyG1;
        for (int i = 0; i < value.Length;)
        {
            byte b = value[i];
            if (b == Escape && CodedSets.FindEscape(value[i..]) is { } set)
            {
                if (set.IsG1)
                    g1 = set;
                else
                    g0 = set;
                i += set.Escape.Length;
                continue;
            }

            char c = CodePages.Undefined;
            int length = 1;
            if (b is < 0x20 or 0x7F)
                c = b == Escape ? c : (char)b; // an ESC in a name must not reach somebody's terminal
            else if (b == 0x20)
                c = ' ';
            else if ((b < 0x80 ? g0 : g1) is { } active)
                c = DecodeGraphic(active, value[i..], out length);

            text.Append(c);
            hadUndefinedBytes |= c == CodePages.Undefined;
            if (length == 1 && b < 0x80 && delimiters.Contains(c))
                (g0, g1) = (_initialG0, _onlyG1);
            i += length;
        }
        return text.ToString();
    }

    public bool TryEncode(string text, TextDelimiters delimiters, out byte[] bytes)
    {
        var output = new ArrayBufferWriter<byte>(text.Length + 16);
        CodedSet g0 = _initialG0;
        CodedSet? g1 = _initialG1;
        bytes = [];
        foreach (char c in text)
        {
            if (c == (char)Escape)
                return false;
            if (delimiters.Contains(c))
            {
                ReturnToInitial(output, ref g0, ref g1);
                WriteCode(output, c, isDouble: false);
                continue;
            }
            if (Choose(c, g0, g1, delimiters, out int code) is not { } set)
                return false;
            if (set != g0 && set != g1)
            {
                output.Write(set.Escape);
                if (set.IsG1)
                    g1 = set;
                else
                    g0 = set;
            }
            WriteCode(output, code, set.IsDouble);
        }
        ReturnToInitial(output, ref g0, ref g1);
        bytes = output.WrittenSpan.ToArray();
        return true;
    }

    private static char DecodeGraphic(CodedSet set, ReadOnlySpan<byte> bytes, out int length)
    {
        length = 1;
        if (!set.IsDouble)
            return set.Decode(bytes[0]);
        int high = bytes[0] & 0x80;
        if (!InRow(bytes[0]) || bytes.Length < 2 || (bytes[1] & 0x80) != high || !InRow(bytes[1]))
            return CodePages.Undefined;
        length = 2;
        return set.Decode(bytes[0], bytes[1]);

        static bool InRow(byte b) => (b & 0x7F) is >= 0x21 and <= 0x7E;
    }

    private CodedSet? Choose(char c, CodedSet g0, CodedSet? g1, TextDelimiters delimiters, out int code)
    {
        if (CanWrite(g0, c, delimiters, out code))
            return g0;
        if (g1 is not null && CanWrite(g1, c, delimiters, out code))
            return g1;
        if (CanWrite(_initialG0, c, delimiters, out code))
            return _initialG0;
        foreach (CodedSet set in _declared)
        {
            if (CanWrite(set, c, delimiters, out code))
                return set;
        }
        return null;
    }

    private static bool CanWrite(CodedSet set, char c, TextDelimiters delimiters, out int code)
    {
        // A space stands in every set of one byte; two-byte sets are left for it, as the standard's examples do.
        if (!set.TryEncode(c, out code) || (set.IsG1 && c < 0x80))
            return false;
        // A yen sign at 5C would read as the delimiter of values.
        return set != CodedSets.JisRomaji || code != '\\' || c == '\\' || (delimiters & TextDelimiters.Backslash) == 0;
    }

    private void ReturnToInitial(ArrayBufferWriter<byte> output, ref CodedSet g0, ref CodedSet? g1)
    {
        if (g0 != _initialG0)
            output.Write(_initialG0.Escape);
        if (g1 != _initialG1 && _initialG1 is not null)
            output.Write(_initialG1.Escape);
        (g0, g1) = (_initialG0, _initialG1);
    }

    private static void WriteCode(ArrayBufferWriter<byte> output, int code, bool isDouble)
    {
        if (isDouble)
            output.Write([(byte)(code >> 8)]);
        output.Write([(byte)code]);
    }
}
