using System.Globalization;

namespace PacsTools.Dicom.Data;

/// <summary>A data element tag: group and element number (PS3.5 7.1.1).</summary>
public readonly struct DicomTag : IEquatable<DicomTag>, IComparable<DicomTag>
{
    /// <summary>Creates a tag of a group and an element number.</summary>
    public DicomTag(ushort group, ushort element)
        : this(((uint)group << 16) | element)
    {
    }

    /// <summary>Creates a tag of its 32 bits, the group in the high half.</summary>
    public DicomTag(uint value) => Value = value;

    /// <summary>Group number, the high 16 bits.</summary>
    public ushort Group => (ushort)(Value >> 16);

    /// <summary>Element number, the low 16 bits.</summary>
    public ushort Element => (ushort)Value;

    /// <summary>Both numbers, the group in the high half: the order of tags in a data set.</summary>
    public uint Value { get; }

    /// <summary>True for an odd group (PS3.5 7.8).</summary>
    public bool IsPrivate => (Value & 0x10000) != 0;

    /// <summary>True for (gggg,0010-00FF) of an odd group, which name who defined a block (PS3.5 7.8.1).</summary>
    public bool IsPrivateCreator => IsPrivate && Element is >= 0x10 and <= 0xFF;

    /// <summary>True for (gggg,0000), retired outside groups 0000 and 0002 (PS3.5 7.2).</summary>
    public bool IsGroupLength => Element == 0;

    /// <summary>
    /// Reads <c>PatientID</c>, <c>0010,0020</c>, <c>(0010,0020)</c> or <c>00100020</c>; digits are hexadecimal, keywords
    /// are those of PS3.6 in any letter case.
    /// </summary>
    /// <returns>False if the text is none of these.</returns>
    public static bool TryParse(string? text, out DicomTag tag)
    {
        tag = default;
        if (string.IsNullOrWhiteSpace(text)) return false;
        if (TryParseNumbers(text.AsSpan().Trim(), out tag)) return true;
        return DicomKeyword.TryFind(text.Trim(), out tag);
    }

    /// <summary>Reads the forms of <see cref="TryParse"/>.</summary>
    /// <exception cref="FormatException">The text is none of these forms.</exception>
    public static DicomTag Parse(string text) => TryParse(text, out DicomTag tag)
        ? tag
        : throw new FormatException($"'{text}' is neither a DICOM keyword nor a tag such as 0010,0020.");

    /// <inheritdoc/>
    public bool Equals(DicomTag other) => Value == other.Value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is DicomTag other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)Value;

    /// <inheritdoc/>
    public int CompareTo(DicomTag other) => Value.CompareTo(other.Value);

    /// <summary>The standard's notation, such as <c>(0008,0005)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({Group:X4},{Element:X4})");

    /// <summary>True if both tags are the same.</summary>
    public static bool operator ==(DicomTag left, DicomTag right) => left.Value == right.Value;

    /// <summary>True if the tags differ.</summary>
    public static bool operator !=(DicomTag left, DicomTag right) => left.Value != right.Value;

    /// <summary>True if the left tag comes first in a data set.</summary>
    public static bool operator <(DicomTag left, DicomTag right) => left.Value < right.Value;

    /// <summary>True if the left tag comes last in a data set.</summary>
    public static bool operator >(DicomTag left, DicomTag right) => left.Value > right.Value;

    /// <summary>True if the left tag is the same or comes first in a data set.</summary>
    public static bool operator <=(DicomTag left, DicomTag right) => left.Value <= right.Value;

    /// <summary>True if the left tag is the same or comes last in a data set.</summary>
    public static bool operator >=(DicomTag left, DicomTag right) => left.Value >= right.Value;

    private static bool TryParseNumbers(ReadOnlySpan<char> text, out DicomTag tag)
    {
        tag = default;
        if (text.Length > 2 && text[0] == '(' && text[^1] == ')') text = text[1..^1];

        Span<char> digits = stackalloc char[8];
        if (text.Length == 9 && text[4] == ',')
        {
            text[..4].CopyTo(digits);
            text[5..].CopyTo(digits[4..]);
        }
        else if (text.Length == 8)
        {
            text.CopyTo(digits);
        }
        else
        {
            return false;
        }

        if (!uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint value)) return false;
        tag = new DicomTag(value);
        return true;
    }
}
