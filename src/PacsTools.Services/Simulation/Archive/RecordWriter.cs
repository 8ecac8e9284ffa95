using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Services.Query;

namespace PacsTools.Services.Simulation;

/// <summary>Cuts out of an instance what the index keeps of each entity.</summary>
internal static class RecordWriter
{
    /// <summary>Values longer than this, or sequences with more in them, are not worth keeping for every instance: nobody queries by them.</summary>
    private const int MaxValueLength = 4096;

    /// <summary>The attributes of one level, encoded; with the character set only if a text needs it.</summary>
    public static byte[] Attributes(InstanceHeader header, QueryLevel level)
    {
        var source = header.Dataset;
        var kept = new DicomDataset();
        if (NeedsCharacterSet(source, level) && source.TryGetElement(DicomTags.SpecificCharacterSet, out var set))
            kept.Set(set);
        foreach (var tag in LevelAttributes.KeptAt(level))
        {
            if (source.TryGetElement(tag, out var element) && Room(element, MaxValueLength) >= 0)
                kept.Set(element);
        }

        if (level == QueryLevel.Image)
            kept.SetString(DicomTags.AvailableTransferSyntaxUID, header.TransferSyntaxUid);
        return DatasetWriter.Write(kept, TransferSyntax.ExplicitVRLittleEndian);
    }

    // What is left of the room when an element has taken its part; less than nothing if it does not fit, or was never read.
    private static long Room(DicomElement element, long room)
    {
        if (element.Items is not { } items)
            return element.IsDeferred ? -1 : room - element.Length;
        foreach (var inner in items.SelectMany(item => item))
        {
            room = Room(inner, room);
            if (room < 0)
                break;
        }

        return room;
    }

    private static bool NeedsCharacterSet(DicomDataset source, QueryLevel level) =>
        LevelAttributes.KeptAt(level).Any(tag => source.TryGetElement(tag, out var element) && HasExtendedText(element));

    private static bool HasExtendedText(DicomElement element)
    {
        if (element.Items is { } items)
            return items.Any(item => item.Any(HasExtendedText));

        // Escape sequences of ISO 2022 are made of ASCII characters and one control character.
        return element.VR.UsesCharacterSet() && !element.IsDeferred && element.Value.Span.ContainsAnyExceptInRange((byte)0x1C, (byte)0x7E);
    }
}
