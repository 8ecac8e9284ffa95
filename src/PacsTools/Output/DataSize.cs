using System.Globalization;

namespace PacsTools.Output;

/// <summary>Sizes as people read them. The views use it.</summary>
public static class DataSize
{
    private static readonly string[] Units = ["B", "KB", "MB", "GB", "TB", "PB"];

    /// <summary>Writes a number of bytes with its unit, in steps of 1024 as PowerShell's own KB and MB are: 512 B, 1.5 KB, 20 MB. Never longer than 7 characters below a petabyte.</summary>
    /// <param name="bytes">A number of bytes; null gives null.</param>
    /// <returns>The text, in the current culture.</returns>
    public static string? Format(long? bytes)
    {
        if (bytes is not { } count) return null;
        var value = (double)count;
        var unit = 0;
        // 999.5 KB would be written 1000 KB; four digits are left to the next unit.
        while (Math.Abs(value) >= 999.5 && unit < Units.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        var pattern = unit == 0 || Math.Abs(value) >= 99.95 ? "0" : "0.0";
        return string.Create(CultureInfo.CurrentCulture, $"{value.ToString(pattern, CultureInfo.CurrentCulture)} {Units[unit]}");
    }
}
