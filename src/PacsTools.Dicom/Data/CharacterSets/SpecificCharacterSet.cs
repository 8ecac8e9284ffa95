using System.Text;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Data;

using Encoding = System.Text.Encoding;

/// <summary>The character sets of a data set, as Specific Character Set (0008,0005) declares them (PS3.3 C.12.1.1.2, PS3.5 6.1):
/// decodes and encodes text. Immutable and safe to share between threads.</summary>
public sealed class SpecificCharacterSet
{
    private readonly ITextCodec _codec;

    private SpecificCharacterSet(ITextCodec codec, IReadOnlyList<string> terms, bool hasUnknownTerms)
    {
        _codec = codec;
        DefinedTerms = terms;
        HasUnknownTerms = hasUnknownTerms;
    }

    /// <summary>The default character repertoire, ISO_IR 6 (ASCII): what an absent or empty (0008,0005) means.</summary>
    public static SpecificCharacterSet Default { get; } = Parse([]);

    /// <summary>The declared terms in the standard's spelling; empty strings where a value was empty; terms that no
    /// set is known for as they were written. No more than the first 64.</summary>
    public IReadOnlyList<string> DefinedTerms { get; }

    /// <summary>Whether a declared term is neither a defined term nor a known misspelling of one, or stands where it must not; or there are more than 64.</summary>
    public bool HasUnknownTerms { get; }

    /// <summary>Reads the values of (0008,0005). Misspelt terms such as <c>ISO-IR 100</c> or <c>UTF-8</c> are understood; never throws.</summary>
    /// <param name="definedTerms">The values, an empty string where a value is empty.</param>
    /// <param name="fallback">What to take where the default repertoire or an unknown term is declared and the text is not ASCII;
    /// without it such bytes become U+FFFD.</param>
    public static SpecificCharacterSet Parse(IReadOnlyList<string>? definedTerms, Encoding? fallback = null)
    {
        DeclaredSets declared = DeclaredSets.From(definedTerms ?? []);
        return new SpecificCharacterSet(declared.CreateCodec(fallback), declared.Terms, declared.HasUnknownTerms);
    }

    /// <summary>The terms that name the smallest set holding all of the texts: none for ASCII, else one single-byte set,
    /// else <c>ISO_IR 192</c> (UTF-8).</summary>
    /// <param name="texts">The texts of a data set to be encoded.</param>
    public static IReadOnlyList<string> LeastFor(IEnumerable<string> texts) => LeastCharacterSet.For(texts);

    /// <summary>Decodes a whole value; never throws. Bytes which the declared sets do not define become U+FFFD.</summary>
    /// <param name="value">The bytes.</param>
    /// <param name="isPersonName">Whether <c>^</c> and <c>=</c> are delimiters that return to the initial sets (PS3.5 6.1.2.5.3).</param>
    public string Decode(ReadOnlySpan<byte> value, bool isPersonName) => Decode(value, isPersonName, out _);

    /// <summary>Decodes a whole value; never throws.</summary>
    /// <param name="value">The bytes.</param>
    /// <param name="isPersonName">Whether <c>^</c> and <c>=</c> are delimiters.</param>
    /// <param name="hadUndefinedBytes">Whether bytes were found which the declared sets do not define; they became U+FFFD.</param>
    public string Decode(ReadOnlySpan<byte> value, bool isPersonName, out bool hadUndefinedBytes) =>
        _codec.Decode(value, isPersonName ? TextDelimiters.PersonName : TextDelimiters.None, out hadUndefinedBytes);

    /// <summary>Decodes a value and splits it at backslashes where its VR has several values. The split comes after decoding,
    /// since the byte of the backslash may be half of a character. Padding is kept. Never throws.</summary>
    /// <param name="value">The bytes.</param>
    /// <param name="vr">The VR, which decides on delimiters.</param>
    public string[] DecodeValues(ReadOnlySpan<byte> value, DicomVR vr)
    {
        if (value.IsEmpty)
            return [];
        string text = _codec.Decode(value, Delimiters(vr), out _);
        return vr.SplitsOnBackslash() ? text.Split('\\') : [text];
    }

    /// <summary>Encodes a value, several of them with backslashes between. Nothing is padded.</summary>
    /// <param name="text">The text.</param>
    /// <param name="vr">The VR, which decides on delimiters; VRs outside of SH, LO, ST, LT, UC, UT and PN take only ASCII (PS3.5 6.1.2.2).</param>
    /// <exception cref="DicomDataException">The declared sets cannot hold the text. The association survives.</exception>
    public byte[] Encode(string text, DicomVR vr)
    {
        ArgumentNullException.ThrowIfNull(text);
        // An escape character in a text would be read as the start of a designation.
        bool hasEscape = text.Contains('\x1B');
        if (!hasEscape && Ascii.IsValid(text))
            return Encoding.ASCII.GetBytes(text);
        if (!hasEscape && vr.UsesCharacterSet() && _codec.TryEncode(text, Delimiters(vr), out byte[] bytes))
            return bytes;
        throw new DicomDataException(vr.UsesCharacterSet()
            ? $"The text cannot be written in the specific character set '{string.Join('\\', DefinedTerms)}' (PS3.5 6.1)."
            : $"A value of VR {vr} can hold only the default character repertoire, ASCII (PS3.5 6.1.2.2).");
    }

    /// <summary>Whether <see cref="Encode"/> can write the text as a single value.</summary>
    /// <param name="text">The text.</param>
    public bool CanEncode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return !text.Contains('\x1B') && (Ascii.IsValid(text) || _codec.TryEncode(text, TextDelimiters.Backslash, out _));
    }

    /// <summary>The declared terms with backslashes between, or <c>ISO_IR 6</c>.</summary>
    public override string ToString() => DefinedTerms.Count == 0 ? "ISO_IR 6" : string.Join('\\', DefinedTerms);

    private static TextDelimiters Delimiters(DicomVR vr) =>
        vr == DicomVR.PN ? TextDelimiters.PersonName : vr.SplitsOnBackslash() ? TextDelimiters.Backslash : TextDelimiters.None;
}
