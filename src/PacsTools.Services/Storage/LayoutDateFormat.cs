using System.Globalization;
using PacsTools.Dicom.Data;

namespace PacsTools.Services.Storage;

/// <summary>The formats of .NET that a layout may give dates and times: those that show something the attribute has, and nothing it has not.</summary>
internal static class LayoutDateFormat
{
    // Custom format specifiers of .NET, by what they show. Time zones and eras are in none: DA and TM have neither, and DT seldom.
    private const string DateLetters = "yMd";
    private const string TimeLetters = "HhmsfFt";
    private const string OtherLetters = "gKz";

    /// <summary>The format as .NET takes it; null if it is none for this attribute.</summary>
    /// <param name="format">What the pattern says.</param>
    /// <param name="vr">DA, TM or DT.</param>
    public static string? Read(string format, DicomVR vr)
    {
        // A single letter would be one of .NET's standard formats; %y is the custom format of that letter.
        var custom = format.Length == 1 ? "%" + format : format;
        if (!Shows(custom, Letters(vr))) return null;
        try
        {
            var sample = new DateTime(2024, 12, 31, 23, 59, 58, DateTimeKind.Unspecified).ToString(custom, CultureInfo.InvariantCulture);
            return sample.Length > 0 && sample.AsSpan().IndexOfAny("/\\:") < 0 ? custom : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>What to write instead, for an error.</summary>
    public static string Examples(DicomVR vr) => vr switch
    {
        DicomVR.DA => "parts of a date are y, M and d, as in yyyy, MM, dd or yyyy-MM-dd",
        DicomVR.TM => "parts of a time are H, h, m, s, f and t, as in HH, HHmm or HH-mm-ss",
        _ => "parts of a date and time are y, M, d, H, h, m, s, f and t, as in yyyy, yyyy-MM-dd or yyyyMMdd-HHmm",
    };

    private static string Letters(DicomVR vr) => vr switch
    {
        DicomVR.DA => DateLetters,
        DicomVR.TM => TimeLetters,
        _ => DateLetters + TimeLetters,
    };

    // What shows nothing of the date would put everything into one place, and what it has not would be made up.
    private static bool Shows(string custom, string letters)
    {
        var shows = false;
        for (var i = 0; i < custom.Length; i++)
        {
            var c = custom[i];
            if (c is '\'' or '"')
            {
                i = custom.IndexOf(c, i + 1);
                if (i < 0) return false;
            }
            else if (c == '\\')
            {
                i++;
            }
            else if (letters.Contains(c, StringComparison.Ordinal))
            {
                shows = true;
            }
            else if ((DateLetters + TimeLetters + OtherLetters).Contains(c, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return shows;
    }
}
