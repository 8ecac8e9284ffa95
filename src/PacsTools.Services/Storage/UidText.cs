using PacsTools.Dicom.Data;

namespace PacsTools.Services.Storage;

/// <summary>UIDs as people write them: the UID itself, or its keyword in the registry of PS3.6 A.</summary>
internal static class UidText
{
    /// <exception cref="ArgumentException">The text is neither.</exception>
    public static string Parse(string text, string what)
    {
        var trimmed = text.Trim();
        if (UidRegistry.TryGetByKeyword(trimmed, out var entry))
            return entry.Uid;
        return SafeFileName.IsSafeUid(trimmed) && trimmed.Contains('.', StringComparison.Ordinal)
            ? trimmed
            : throw new ArgumentException($"'{text}' is neither a UID nor the keyword of {what}, such as {(what.Contains("syntax", StringComparison.Ordinal) ? "JPEG2000Lossless" : "CTImageStorage")}.");
    }
}
