using System.Globalization;
using System.Numerics;
using System.Reflection;

namespace PacsTools.Dicom.Data;

/// <summary>Well-known unique identifiers by the keywords of PS3.6 A, and what a UID must look like (PS3.5 9).</summary>
public static partial class DicomUids
{
    /// <summary>Longest UID in characters (PS3.5 9.1).</summary>
    public const int MaxLength = 64;

    /// <summary>The DICOM application context (PS3.7 A.2.1), the only one there is.</summary>
    public const string ApplicationContextName = "1.2.840.10008.3.1.1.1";

    /// <summary>Our Implementation Class UID (PS3.7 D.3.3.2): fixed for this engine, derived from a UUID (PS3.5 B.2).</summary>
    public const string ImplementationClassUID = "2.25.90181768343133310983543381568334487528";

    /// <summary>Our Implementation Version Name (PS3.7 D.3.3.2.3), such as <c>PACSTOOLS_0.1</c>; never over 16 characters.</summary>
    public static string ImplementationVersionName { get; } = VersionName(typeof(DicomUids).Assembly.GetName());

    /// <summary>Whether a text is a UID as PS3.5 9.1 defines it: components of digits, dots between them, no superfluous
    /// leading zero, at most 64 characters. Padding is not part of a UID.</summary>
    /// <param name="uid">The text; null is not valid.</param>
    public static bool IsValid(string? uid)
    {
        if (string.IsNullOrEmpty(uid) || uid.Length > MaxLength)
            return false;
        for (int start = 0; start <= uid.Length;)
        {
            int end = uid.IndexOf('.', start);
            if (end < 0)
                end = uid.Length;
            if (end == start || (uid[start] == '0' && end - start > 1))
                return false;
            for (int i = start; i < end; i++)
            {
                if (!char.IsAsciiDigit(uid[i]))
                    return false;
            }
            start = end + 1;
        }
        return true;
    }

    /// <summary>Makes a new UID from a random UUID under <c>2.25</c> (PS3.5 B.2): at most 44 characters.</summary>
    public static string NewUid()
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.NewGuid().TryWriteBytes(bytes, bigEndian: true, out _);
        return "2.25." + new BigInteger(bytes, isUnsigned: true, isBigEndian: true).ToString(CultureInfo.InvariantCulture);
    }

    private static string VersionName(AssemblyName name)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"PACSTOOLS_{name.Version?.Major ?? 0}.{name.Version?.Minor ?? 0}");
        return text.Length <= 16 ? text : text[..16];
    }
}
