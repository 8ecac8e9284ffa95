using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using PacsTools.Dicom.Data;

namespace PacsTools.Interop.Tests.Corpus;

/// <summary>A difference between the engine and DCMTK 3.6.7 that is meant, with its reason.</summary>
internal sealed partial record KnownDifference(string Reason, Func<Difference, bool> Matches)
{
    private static readonly KnownDifference[] s_all =
    [
        new("Public attributes that came as UN, or with a VR that is none, have the VR of the dictionary (PS3.5 6.2.2 note 2); DCMTK leaves them UN. The bytes are the same.", IsNamedUnknown),
        new("NULs and spaces at the end are padding; DCMTK keeps NULs, and adds one to odd lengths.", d => d.Kind == DifferenceKind.Value && Plain(d.Ours) == Plain(d.Theirs)),
        new("A value of odd length is what is there; DCMTK adds a NUL.", d => d.Kind == DifferenceKind.Value && d.Element is { Length: var length } && length % 2 == 1 && IsLongerByOne(d)),
        new("Group 0002 is meta information wherever its elements stand, and no part of a data set (PS3.10 7.1).", d => d is { Kind: DifferenceKind.Missing, Path: ['0', '0', '0', '2', ..] }),
        new("The meta information ends with its last element of group 0002; DCMTK takes what its group length says, whatever groups stand there.", d => d.Kind is DifferenceKind.Extra or DifferenceKind.Missing or DifferenceKind.Refused && d.Said.Contains("found in Meta Information Header", StringComparison.Ordinal)),
        new("A transfer syntax is read though its element has a VR that is none or another one; DCMTK then guesses, and leaves big-endian pixels as they are or swaps others.", d => d is { Kind: DifferenceKind.Value, Path: "7FE00010", Element: { } pixels } && d.TransferSyntaxUID == TransferSyntax.GEPrivateImplicitVRBigEndian.UID && HasSwapped(d.Theirs, pixels)),
        new("No element has the group of items and delimiters (PS3.5 7.5), and none of it could be written again; DCMTK reads such as any other.", d => d.Kind == DifferenceKind.Refused && d.Ours.Contains("is no element", StringComparison.Ordinal)),
        new("Group 0000 belongs to commands and is not in the JSON model (PS3.18 F.2.2).", d => d.Kind == DifferenceKind.Missing && d.Tag.StartsWith("0000", StringComparison.Ordinal)),
        new("DCMTK writes numbers of FL and FD with the last digit wrong, and -0 as 0.", d => d.Kind == DifferenceKind.Value && IsNearly(d)),
        new("Leading spaces are part of a name (PS3.5 Table 6.2-1); DCMTK drops them.", d => d is { Kind: DifferenceKind.Value, Element.VR: DicomVR.PN } && Plain(d.Ours).Replace("\":\" ", "\":\"", StringComparison.Ordinal) == Plain(d.Theirs)),
        new("Get-DicomFile reads up to the pixel data; what stands behind it against the order of tags is not in a header.", d => d.Kind == DifferenceKind.Missing && d.Path.StartsWith("header:", StringComparison.Ordinal)),
        new("The meta information ends with its last element; DCMTK believes a wrong group length and takes the data set's elements for it.", d => d.Kind == DifferenceKind.Extra && d.Said.Contains("Group Length of Meta Information Header has incorrect value", StringComparison.Ordinal)),
        new("A delimiter where nothing is open is passed over; DCMTK ends there.", d => d.Kind == DifferenceKind.Extra && d.Tolerated.Any(t => t.StartsWith("A delimiter stands", StringComparison.Ordinal))),
        new("Bytes beyond ASCII where only ASCII may stand are shown as in Latin 1; DCMTK writes them into the JSON, where they are no UTF-8.", d => d is { Kind: DifferenceKind.Value, Element: { } e } && e.VR.IsText() && !e.VR.UsesCharacterSet() && !Ascii.IsValid(d.Theirs)),
        new("DCMTK's library lacks ISO 2022 IR 13, 87 and 159, so it was given the file as Latin 1; .NET's ISO-2022-JP has the text we have.", d => d.Kind == DifferenceKind.Value && d.Theirs.Contains("\\u001B", StringComparison.Ordinal) && FromJapanese(d.Theirs) == FromJapanese(d.Ours)),
        new("Escape sequences are followed wherever they stand, and U+FFFD if they are broken; DCMTK leaves those of sets it was not told of.", d => d.Kind == DifferenceKind.Value && HasSameStart(d)),
        new("Controls of 80 to 9F, and ESC, are shown as U+FFFD, since they would steer a terminal.", d => d is { Kind: DifferenceKind.Value, Element: { } e } && e.VR.UsesCharacterSet() && d.Ours.Contains('\uFFFD') && Unsteered(d.Ours) == Unsteered(d.Theirs)),
        new("A file which ends within a sequence or a header, or whose items are longer than their sequence, is broken; DCMTK takes it for whole.", d => d.Kind == DifferenceKind.Refused && (IsSequenceBeyondTheEnd(d.Ours) || d.Ours.StartsWith("The data ends within the header", StringComparison.Ordinal) || d.Said.Contains("too large for the element", StringComparison.Ordinal))),
        new("What begins neither with a data set nor with DICM is no DICOM file; DCMTK reads on and hopes.", d => d.Kind == DifferenceKind.Refused && d.Ours.StartsWith("This is no DICOM file", StringComparison.Ordinal)),
        new("Meta information without a transfer syntax and without a data set is no file; DCMTK has an empty one.", d => d.Kind == DifferenceKind.Refused && d.Ours.EndsWith("there is no data set after it.", StringComparison.Ordinal)),
        new("An element whose VR is no text is taken for implicit VR, which is what writes such; DCMTK takes it for a 16-bit length.", d => (d.Kind is DifferenceKind.Refused or DifferenceKind.Missing or DifferenceKind.Extra || d.Element?.VR == DicomVR.UN) && NoText().IsMatch(d.Said)),
        new("An unknown VR of two letters has a 32-bit length only if two reserved bytes of zeros precede it (PS3.5 7.1.2); DCMTK does not look at them.", d => d.Kind is DifferenceKind.Refused or DifferenceKind.Missing or DifferenceKind.Extra && UnknownLetters().IsMatch(d.Said)),
        new("A NUL within a name is part of it; DCMTK's ends there.", d => d is { Kind: DifferenceKind.Value, Element.VR: DicomVR.PN } && d.Element.Value.Span.Contains((byte)0)),
        new("Controls are shown as they are; DCMTK drops them from UIDs and numbers.", d => d is { Kind: DifferenceKind.Value, Element.VR: DicomVR.UI } && Digits(d.Ours) == Digits(d.Theirs)),
    ];

    /// <summary>The reason for a difference; null if there is none.</summary>
    public static KnownDifference? Find(Difference difference) => Array.Find(s_all, known => known.Matches(difference));

    private static bool IsNamedUnknown(Difference difference)
    {
        using var theirs = difference.Kind == DifferenceKind.VR ? JsonDocument.Parse(difference.Theirs) : null;
        if (theirs?.RootElement.GetProperty("vr").GetString() != "UN" || difference.Element is not { } element) return false;
        var bytes = theirs.RootElement.TryGetProperty("InlineBinary", out var binary) ? binary.GetBytesFromBase64() : [];
        return element.Items is not null || Padded(element.Value.ToArray()).SequenceEqual(Padded(bytes)) || Padded(element.Value.ToArray()).SequenceEqual(Swapped(Padded(bytes), element.VR.UnitSize()));
    }

    private static bool HasSwapped(string theirs, DicomElement element)
    {
        using var json = JsonDocument.Parse(theirs);
        return json.RootElement.TryGetProperty("InlineBinary", out var binary) && Swapped(binary.GetBytesFromBase64(), 2).SequenceEqual(element.Value.ToArray());
    }

    // In big endian DCMTK leaves bytes of which it does not know what they are.
    private static byte[] Swapped(byte[] bytes, int unit) => [.. bytes.Chunk(unit).SelectMany(chunk => chunk.Length == unit ? chunk.Reverse() : chunk)];

    private static byte[] Padded(byte[] bytes) => bytes.Length % 2 == 0 ? bytes : [.. bytes, 0];

    private static string Plain(string json) =>
        NoValue().Replace(Padding().Replace(json.Replace("\\u0000", "", StringComparison.Ordinal), "\""), "\"\"").Replace(",\"Value\":[\"\"]", "", StringComparison.Ordinal);

    private static string FromJapanese(string json)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var attribute = JsonDocument.Parse(json);
        IEnumerable<string> texts = Values(attribute).SelectMany(v => v.ValueKind == JsonValueKind.Object ? v.EnumerateObject().Select(g => g.Value.GetString()!) : [v.GetString() ?? ""]);
        return string.Join('\n', texts.Select(text => text.Contains('\x1B') ? Encoding.GetEncoding("iso-2022-jp").GetString(Encoding.Latin1.GetBytes(text)) : text));
    }

    private static string Unsteered(string json) => Steering().Replace(Plain(json), "");

    private static bool IsLongerByOne(Difference difference)
    {
        using JsonDocument ours = JsonDocument.Parse(difference.Ours), theirs = JsonDocument.Parse(difference.Theirs);
        if (theirs.RootElement.TryGetProperty("InlineBinary", out var binary))
            return Padded(difference.Element!.Value.ToArray()).SequenceEqual(binary.GetBytesFromBase64());
        JsonElement[] mine = Values(ours), others = Values(theirs);
        return mine.Length < others.Length && mine.Zip(others).All(pair => pair.First.GetRawText() == pair.Second.GetRawText());
    }

    private static bool IsNearly(Difference difference)
    {
        if (difference.Element?.VR is not (DicomVR.FL or DicomVR.FD)) return false;
        using JsonDocument ours = JsonDocument.Parse(difference.Ours), theirs = JsonDocument.Parse(difference.Theirs);
        JsonElement[] mine = Values(ours), others = Values(theirs);
        var most = difference.Element.VR == DicomVR.FL ? 1e-6 : 1e-14;
        return mine.Length == others.Length && mine.Zip(others).All(pair =>
            pair.First.GetRawText() == pair.Second.GetRawText()
            || (pair is { First.ValueKind: JsonValueKind.Number, Second.ValueKind: JsonValueKind.Number }
                && Math.Abs(pair.First.GetDouble() - pair.Second.GetDouble()) <= most * Math.Abs(pair.First.GetDouble())));
    }

    private static JsonElement[] Values(JsonDocument attribute) => attribute.RootElement.TryGetProperty("Value", out var values) ? [.. values.EnumerateArray()] : [];

    [GeneratedRegex(@"[\uFFFD\u0080-\u009F]|\\u001B|\\u00[89][0-9A-Fa-f]")]
    private static partial Regex Steering();

    private static string Digits(string json) => string.Concat(Control().Replace(json, "").Where(c => char.IsAsciiDigit(c) || c == '.'));

    private static bool IsSequenceBeyondTheEnd(string refusal)
    {
        var beyond = BeyondTheEnd().Match(refusal);
        return beyond.Success && (!beyond.Groups[1].Success
            || (DicomTag.TryParse(beyond.Groups[1].Value, out var tag) && DicomDictionary.Default.TryGet(tag, out var entry) && entry.VRs.Contains(DicomVR.SQ)));
    }

    private static bool HasSameStart(Difference difference) =>
        difference.Theirs.IndexOf("\\u001B", StringComparison.Ordinal) is > 0 and var escape && Unsteered(difference.Ours).StartsWith(Unsteered(difference.Theirs[..escape]), StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^An item has a length|ends within a sequence|^\(([0-9A-F]{4},[0-9A-F]{4})\) has a length of \d+ bytes, but")]
    private static partial Regex BeyondTheEnd();

    [GeneratedRegex(@"Non-standard VR '[A-Z]{2}'")]
    private static partial Regex UnknownLetters();

    [GeneratedRegex(@"Non-standard VR '.{0,2}' \(((7f|[0189a-f].)\\..|..\\(7f|[0189a-f].))\)")]
    private static partial Regex NoText();

    [GeneratedRegex(@"(?<=[\[,])null(?=[,\]])")]
    private static partial Regex NoValue();

    [GeneratedRegex(@"\\f|\\u00[01][0-9A-F]")]
    private static partial Regex Control();

    [GeneratedRegex(" +\"")]
    private static partial Regex Padding();
}
