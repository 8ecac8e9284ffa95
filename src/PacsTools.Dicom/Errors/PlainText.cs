namespace PacsTools.Dicom.Errors;

/// <summary>Text that quotes a peer or a file, as people can be shown it.</summary>
public static class PlainText
{
    /// <summary>The text with a question mark for each control character, so that none reaches a terminal.</summary>
    public static string Of(string? text) => text is null || !text.Any(char.IsControl)
        ? text ?? string.Empty
        : string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
}
