using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PacsTools.Dicom.Network;

/// <summary>Thumbprints of certificates, as people copy them from elsewhere.</summary>
public static class TlsPin
{
    private const int Sha1Digits = 40;
    private const int Sha256Digits = 64;

    /// <summary>The thumbprint in capital digits alone: colons, spaces and the invisible marks that a certificate dialog copies are dropped.</summary>
    /// <exception cref="FormatException">It has neither 64 digits (SHA-256) nor 40 (SHA-1).</exception>
    public static string Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var digits = string.Concat(text.Where(c => c is not (':' or '-') && !char.IsWhiteSpace(c) && char.GetUnicodeCategory(c) != global::System.Globalization.UnicodeCategory.Format));
        return digits.Length is Sha1Digits or Sha256Digits && digits.All(char.IsAsciiHexDigit)
            ? digits.ToUpperInvariant()
            : throw new FormatException($"'{text}' is no thumbprint: it has 64 hexadecimal digits (SHA-256) or 40 (SHA-1).");
    }

    /// <summary>SHA-256 of a certificate, in capital digits.</summary>
    public static string Of(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);

    /// <summary>True if the certificate is one of those pinned.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="pins">Normalised thumbprints.</param>
    public static bool Matches(X509Certificate2 certificate, IReadOnlyList<string> pins) =>
        pins.Any(pin => pin == (pin.Length == Sha1Digits ? certificate.GetCertHashString(HashAlgorithmName.SHA1) : Of(certificate)));
}
