using PacsTools.Dicom.Data;

namespace PacsTools.Dicom.Encoding;

/// <summary>
/// Tells from its first bytes how a data set is encoded: for files without group 2, and for peers that announce one syntax and
/// write another. What is announced holds unless it makes no sense and another form does.
/// </summary>
internal static class FormSniffer
{
    /// <summary>Bytes worth looking at: a first element of usual length and the header after it.</summary>
    internal const int UsefulBytes = 256;

    private const ushort HighestFirstGroup = 0x00FF;

    private static readonly ElementForm[] s_forms = [new(true, false), ElementForm.ImplicitLittle, new(true, true)];

    /// <summary>The form the bytes are in.</summary>
    /// <param name="start">The first bytes of the data set.</param>
    /// <param name="announced">What the transfer syntax says.</param>
    /// <param name="room">Length of the data set in bytes.</param>
    internal static ElementForm Detect(ReadOnlySpan<byte> start, ElementForm announced, long room)
    {
        // Bytes of a VR where implicit VR has its length make a length of 16 KiB at least, so explicit is asked first.
        if (announced.IsExplicit && IsPlausible(start, announced, room, out bool isSure))
        {
            // A long first value hides what comes after it; in the other byte order its length may be a short one that fits.
            ElementForm opposite = announced with { IsBigEndian = !announced.IsBigEndian };
            return !isSure && HasLowTag(start, opposite) && IsPlausible(start, opposite, room, out isSure) && isSure ? opposite : announced;
        }

        return TryDetect(start, room, out ElementForm form) ? form : announced;
    }

    /// <summary>The form of bytes of which nothing is known: a data set begins with one of the low groups.</summary>
    /// <returns>False if they look like no data set.</returns>
    internal static bool TryDetect(ReadOnlySpan<byte> start, long room, out ElementForm form)
    {
        foreach (ElementForm candidate in s_forms)
        {
            form = candidate;
            if (IsPlausible(start, candidate, room, out _) && HasLowTag(start, candidate)) return true;
        }

        form = default;
        return false;
    }

    /// <summary>The form of a data set, which something else says it is: reading it will tell what is wrong with it.</summary>
    /// <returns>False if not even a header is there.</returns>
    internal static bool TryGuess(ReadOnlySpan<byte> start, out ElementForm form)
    {
        form = new ElementForm(start.Length >= ElementHeader.MinSize && ((DicomVR)((start[4] << 8) | start[5])).IsKnown(), false);
        return start.Length >= ElementHeader.MinSize;
    }

    private static bool HasLowTag(ReadOnlySpan<byte> start, ElementForm form) => ElementHeader.ReadTag(start, form.IsBigEndian).Group <= HighestFirstGroup;

    private static bool IsPlausible(ReadOnlySpan<byte> start, ElementForm form, long room, out bool isSure)
    {
        isSure = true;
        if (!TryReadKnown(start, form, room, out ElementHeader first) || first.Tag.Value == 0) return false;
        ReadOnlySpan<byte> rest = start[first.Size..];
        if (first.IsUndefinedLength)
            return rest.Length < 4 || ElementHeader.ReadTag(rest, form.IsBigEndian) is var tag && (tag == ElementHeader.Item || tag == ElementHeader.SequenceDelimitation);

        room -= first.Size + (long)first.Length;
        if (room < 0) return false;

        // Where nothing after it can be seen, an implicit length that looks like two characters is taken for them.
        isSure = first.Length <= rest.Length;
        if (!isSure) return form.IsExplicit || !IsPrintable(start[4]) || !IsPrintable(start[5]);
        rest = rest[(int)first.Length..];
        if (rest.Length < ElementHeader.MaxSize) return true;
        return TryReadKnown(rest, form, room, out ElementHeader second) && second.Tag > first.Tag
            && (second.IsUndefinedLength || second.Length <= room - second.Size);
    }

    private static bool IsPrintable(byte b) => b is >= 0x20 and < 0x7F;

    private static bool TryReadKnown(ReadOnlySpan<byte> bytes, ElementForm form, long room, out ElementHeader header) =>
        ElementHeader.TryRead(bytes, form, room, out header) && header.Form == form
        && (!form.IsExplicit || ((DicomVR)((bytes[4] << 8) | bytes[5])).IsKnown());
}
