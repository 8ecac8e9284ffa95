using System.Globalization;
using System.Text;
using PacsTools.Dicom.Data;

namespace PacsTools.Services.Storage;

/// <summary>Reads layout patterns: folders separated by / or \, attributes in braces, <c>{{</c> and <c>}}</c> for braces themselves.</summary>
internal static class PathLayoutParser
{
    private const int MaxSegments = 16;
    private const int MaxPatternLength = 1024;

    public static LayoutPart[][] Parse(string pattern)
    {
        if (string.IsNullOrWhiteSpace(pattern))
            throw Error("is empty", pattern);
        if (pattern.Length > MaxPatternLength)
            throw Error($"is longer than {MaxPatternLength} characters", pattern[..40] + "...");
        if (pattern[0] is '/' or '\\' || (pattern.Length > 1 && char.IsAsciiLetter(pattern[0]) && pattern[1] == ':'))
            throw Error("is an absolute path; it must be relative to the destination", pattern);

        var segments = new List<LayoutPart[]>();
        var parts = new List<LayoutPart>();
        var literal = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c is '/' or '\\')
            {
                CloseSegment(segments, parts, literal, pattern, i);
            }
            else if (c is '{' or '}' && i + 1 < pattern.Length && pattern[i + 1] == c)
            {
                literal.Append(c);
                i++;
            }
            else if (c == '{')
            {
                var end = pattern.IndexOf('}', i);
                if (end < 0)
                    throw Error($"has an opening brace without a closing one at position {i + 1}", pattern);
                CloseLiteral(parts, literal);
                parts.Add(Token(pattern[(i + 1)..end], pattern, i + 1));
                i = end;
            }
            else if (c == '}')
            {
                throw Error($"has a closing brace without an opening one at position {i + 1} (write }}}} for the character itself)", pattern);
            }
            else if (c < ' ' || "<>:\"|?*".Contains(c, StringComparison.Ordinal))
            {
                throw Error($"has a character at position {i + 1} that cannot be part of a file name", pattern);
            }
            else
            {
                literal.Append(c);
            }
        }

        CloseSegment(segments, parts, literal, pattern, pattern.Length);
        return [.. segments];
    }

    private static void CloseLiteral(List<LayoutPart> parts, StringBuilder literal)
    {
        if (literal.Length > 0)
            parts.Add(new LayoutPart.Literal(literal.ToString()));
        literal.Clear();
    }

    private static void CloseSegment(List<LayoutPart[]> segments, List<LayoutPart> parts, StringBuilder literal, string pattern, int position)
    {
        if (parts.Count == 0 && literal.ToString().Trim(' ', '.').Length == 0)
            throw Error(literal.Length == 0 ? $"has an empty folder or file name at position {position + 1}" : $"has the folder or file name '{literal}', which is not allowed", pattern);
        if (segments.Count == MaxSegments)
            throw Error($"has more than {MaxSegments} levels", pattern);
        CloseLiteral(parts, literal);
        segments.Add([.. parts]);
        parts.Clear();
    }

    private static LayoutPart Token(string token, string pattern, int position)
    {
        var colon = token.IndexOf(':', StringComparison.Ordinal);
        var name = (colon < 0 ? token : token[..colon]).Trim();
        var format = colon < 0 ? null : token[(colon + 1)..];
        if (name.Equals("hash", StringComparison.OrdinalIgnoreCase))
            return new LayoutPart.Hash(DicomTags.SOPInstanceUID, HashLength(format, token, pattern, position));
        if (name.Length == 0)
            throw Error($"has braces without a name at position {position}", pattern);
        if (!DicomTag.TryParse(name, out var tag))
            throw Error($"has '{{{name}}}' at position {position}, which is neither an attribute's keyword nor a tag (gggg,eeee)", pattern);
        var vr = DicomDictionary.Default.TryGet(tag, out var entry) ? entry.VRs[0] : DicomVR.UN;
        if (vr is DicomVR.SQ or DicomVR.OB or DicomVR.OW or DicomVR.OF or DicomVR.OD or DicomVR.OL or DicomVR.OV)
            throw Error($"has '{{{name}}}' at position {position}, whose value ({vr}) is no text", pattern);
        if (format is null)
            return vr == DicomVR.UI ? new LayoutPart.Uid(tag, entry!.Keyword) : new LayoutPart.Text(tag);
        if (format.StartsWith("hash", StringComparison.OrdinalIgnoreCase))
            return new LayoutPart.Hash(tag, HashLength(format.Length == 4 ? null : format[4..], token, pattern, position));
        if (vr is not (DicomVR.DA or DicomVR.DT or DicomVR.TM))
            throw Error($"has the format '{format}' for {name} at position {position}: {name} is neither date nor time, and every attribute takes hash, hash8 and the like", pattern);
        return LayoutDateFormat.Read(format, vr) is { } custom
            ? new LayoutPart.Moment(tag, custom, vr == DicomVR.TM)
            : throw Error($"has the date format '{format}' for {name} at position {position}, which does not show {name}: {LayoutDateFormat.Examples(vr)}", pattern);
    }

    private static int HashLength(string? digits, string token, string pattern, int position)
    {
        if (digits is null)
            return 16;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length is >= 1 and <= 64
            ? length
            : throw Error($"has '{{{token}}}' at position {position}; the length of a hash must be 1 to 64", pattern);
    }

    private static ArgumentException Error(string what, string pattern) => new($"The layout '{pattern}' {what}.");
}
