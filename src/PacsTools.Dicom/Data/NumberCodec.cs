using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Data;

/// <summary>Numbers between bytes, text and .NET types (PS3.5 6.2). Bytes are little endian, as elements keep them.</summary>
internal static class NumberCodec
{
    /// <summary>The most characters of a DS (PS3.5 6.2).</summary>
    internal const int DecimalStringLength = 16;

    /// <summary>The first value as a whole number, from IS, DS or a binary representation.</summary>
    internal static long? ToInt64(DicomElement element)
    {
        ReadOnlySpan<byte> bytes = element.EffectiveVR.IsBinary() ? element.Value.Span : default;
        return element.EffectiveVR switch
        {
            DicomVR.US when bytes.Length >= 2 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            DicomVR.SS when bytes.Length >= 2 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
            DicomVR.UL when bytes.Length >= 4 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            DicomVR.SL when bytes.Length >= 4 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
            DicomVR.SV when bytes.Length >= 8 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
            DicomVR.UV when bytes.Length >= 8 => Fit(BinaryPrimitives.ReadUInt64LittleEndian(bytes)),
            DicomVR.FL or DicomVR.FD => Whole(ToDouble(element)),
            DicomVR vr when vr.IsText() => ParseInt64(First(element)),
            _ => null,
        };
    }

    /// <summary>The first value as a number, from DS, IS or a binary representation.</summary>
    internal static double? ToDouble(DicomElement element)
    {
        ReadOnlySpan<byte> bytes = element.EffectiveVR.IsBinary() ? element.Value.Span : default;
        return element.EffectiveVR switch
        {
            DicomVR.FL => bytes.Length >= 4 ? BinaryPrimitives.ReadSingleLittleEndian(bytes) : null,
            DicomVR.FD => bytes.Length >= 8 ? BinaryPrimitives.ReadDoubleLittleEndian(bytes) : null,
            DicomVR.UV => bytes.Length >= 8 ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : null,
            DicomVR vr when vr.IsText() => ParseDouble(First(element)),
            _ => ToInt64(element),
        };
    }

    /// <summary>All values, converted; a last incomplete one is left out. Numbers beyond the type's range become its limit.</summary>
    internal static T[] ToArray<T>(DicomElement element)
        where T : unmanaged, INumber<T>
    {
        ReadOnlySpan<byte> bytes = element.Value.Span;
        return element.EffectiveVR switch
        {
            DicomVR.US or DicomVR.AT => Convert<ushort, T>(bytes),
            DicomVR.SS => Convert<short, T>(bytes),
            DicomVR.UL => Convert<uint, T>(bytes),
            DicomVR.SL => Convert<int, T>(bytes),
            DicomVR.UV => Convert<ulong, T>(bytes),
            DicomVR.SV => Convert<long, T>(bytes),
            DicomVR.FL => Convert<float, T>(bytes),
            DicomVR.FD => Convert<double, T>(bytes),
            DicomVR vr when vr.IsStream() => Raw<T>(bytes),
            _ => [],
        };
    }

    /// <summary>Bytes of binary numbers, little endian.</summary>
    internal static byte[] ToBytes<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        byte[] bytes = MemoryMarshal.AsBytes(values).ToArray();
        if (!BitConverter.IsLittleEndian) ByteOrder.Swap(bytes, Marshal.SizeOf<T>());
        return bytes;
    }

    /// <summary>Binary values as text, such as <c>512</c> or <c>(0028,0009)</c>.</summary>
    internal static string[] ToText(ReadOnlySpan<byte> bytes, DicomVR vr) => vr switch
    {
        DicomVR.US => Format<ushort>(bytes),
        DicomVR.SS => Format<short>(bytes),
        DicomVR.UL => Format<uint>(bytes),
        DicomVR.SL => Format<int>(bytes),
        DicomVR.UV => Format<ulong>(bytes),
        DicomVR.SV => Format<long>(bytes),
        DicomVR.FL => Format<float>(bytes),
        DicomVR.FD => Format<double>(bytes),
        DicomVR.AT => Array.ConvertAll(ToTags(bytes), tag => tag.ToString()),
        _ => [],
    };

    /// <summary>Bytes of numbers or tags given as text, for a representation which is binary.</summary>
    /// <exception cref="DicomDataException">The text is no number, or not one of that representation's range.</exception>
    internal static byte[] FromText(string[] values, DicomVR vr, DicomTag tag)
    {
        try
        {
            return vr switch
            {
                DicomVR.US => Parse<ushort>(values),
                DicomVR.SS => Parse<short>(values),
                DicomVR.UL => Parse<uint>(values),
                DicomVR.SL => Parse<int>(values),
                DicomVR.UV => Parse<ulong>(values),
                DicomVR.SV => Parse<long>(values),
                DicomVR.FL => Parse<float>(values),
                DicomVR.FD => Parse<double>(values),
                DicomVR.AT => FromTags(Array.ConvertAll(values, DicomTag.Parse)),
                _ => throw new DicomDataException($"{tag} is {vr.ToCode()}, which does not hold text."),
            };
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new DicomDataException($"{tag} is {vr.ToCode()}: '{string.Join('\\', values)}' cannot be its value.", innerException: e);
        }
    }

    /// <summary>A number as text; as a DS of at most 16 characters, with as many digits as fit (PS3.5 6.2).</summary>
    internal static string ToDecimalString<T>(T value, DicomVR vr)
        where T : IFormattable
    {
        string text = value.ToString(null, CultureInfo.InvariantCulture);
        for (int digits = DecimalStringLength; vr == DicomVR.DS && text.Length > DecimalStringLength && digits > 0; digits--)
            text = value.ToString($"G{digits}", CultureInfo.InvariantCulture);
        return text;
    }

    internal static DicomTag[] ToTags(ReadOnlySpan<byte> bytes)
    {
        var tags = new DicomTag[bytes.Length / 4];
        for (int i = 0; i < tags.Length; i++, bytes = bytes[4..])
            tags[i] = new DicomTag(BinaryPrimitives.ReadUInt16LittleEndian(bytes), BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]));
        return tags;
    }

    internal static byte[] FromTags(ReadOnlySpan<DicomTag> tags)
    {
        var bytes = new byte[tags.Length * 4];
        for (int i = 0; i < tags.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(i * 4), tags[i].Group);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan((i * 4) + 2), tags[i].Element);
        }

        return bytes;
    }

    private static string? First(DicomElement element) => element.Text() switch
    {
        string text => text,
        string[] { Length: > 0 } texts => texts[0],
        _ => null,
    };

    // IS is digits and a sign, but archives send "1.0" and "+5" too.
    private static long? ParseInt64(string? text) =>
        long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long value) ? value : Whole(ParseDouble(text));

    private static double? ParseDouble(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : null;

    // 2^63 itself is a double but no long.
    private static long? Whole(double? value) =>
        value is { } v && Math.Floor(v) == v && v is >= -9223372036854775808.0 and < 9223372036854775808.0 ? (long)v : null;

    private static long? Fit(ulong value) => value <= long.MaxValue ? (long)value : null;

    private static TTo[] Convert<TFrom, TTo>(ReadOnlySpan<byte> bytes)
        where TFrom : unmanaged, INumber<TFrom>
        where TTo : unmanaged, INumber<TTo>
    {
        if (typeof(TFrom) == typeof(TTo)) return Raw<TTo>(bytes);
        return Array.ConvertAll(Raw<TFrom>(bytes), TTo.CreateSaturating);
    }

    private static T[] Raw<T>(ReadOnlySpan<byte> bytes)
        where T : unmanaged
    {
        int size = Marshal.SizeOf<T>();
        byte[] whole = bytes[..(bytes.Length - (bytes.Length % size))].ToArray();
        if (!BitConverter.IsLittleEndian) ByteOrder.Swap(whole, size);
        return MemoryMarshal.Cast<byte, T>(whole).ToArray();
    }

    private static string[] Format<T>(ReadOnlySpan<byte> bytes)
        where T : unmanaged, IFormattable => Array.ConvertAll(Raw<T>(bytes), value => value.ToString(null, CultureInfo.InvariantCulture));

    private static byte[] Parse<T>(string[] values)
        where T : unmanaged, INumber<T> =>
        ToBytes<T>(Array.ConvertAll(values, text => T.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)));
}
