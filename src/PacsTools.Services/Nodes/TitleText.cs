using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Pdus;

namespace PacsTools.Services.Nodes;

/// <summary>An AE title given by a user.</summary>
internal static class TitleText
{
    /// <summary>The title without its outer spaces, which are not significant.</summary>
    /// <exception cref="ArgumentException">The text is no AE title; the message names what it was for and the rule it breaks.</exception>
    public static string Check(string? text, string what) => AETitle.FindFault(text) is { } fault
        // A control character must not reach a terminal by way of the message.
        ? throw new ArgumentException($"The {what} '{PlainText.Of(text)}' is not usable: {fault}.")
        : text!.Trim(' ');
}
