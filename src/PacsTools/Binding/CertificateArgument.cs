using System.Management.Automation;
using System.Net;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using PacsTools.Dicom.Network;
using PacsTools.Services.Nodes;

namespace PacsTools.Binding;

/// <summary>Makes a reference of what was given for a certificate: one in memory, a file, or a thumbprint of the certificate stores.</summary>
internal static class CertificateArgument
{
    /// <exception cref="ArgumentException">It is none of these.</exception>
    public static CertificateReference Read(object given, SessionState? session, string? keyPath, SecureString? password)
    {
        var bare = given is PSObject wrapped ? wrapped.BaseObject : given;
        switch (bare)
        {
            case CertificateReference reference:
                return reference;
            case X509Certificate2 certificate:
                return keyPath is null
                    ? CertificateReference.FromMemory(certificate)
                    : throw new ArgumentException("A key file goes with a certificate file, not with a certificate in memory.");
            case FileInfo file:
                return File(file.FullName);
            case string text:
                return IsThumbprint(text) && !System.IO.File.Exists(Resolve(text)) ? CertificateReference.FromStore(text) : File(Resolve(text));
            default:
                throw new ArgumentException($"A certificate is an X509Certificate2, the path of a PFX, PEM or DER file, or a thumbprint, not a {bare.GetType().Name}.");
        }

        CertificateReference File(string path) => CertificateReference.FromFile(
            path, keyPath is null ? null : Resolve(keyPath), password is null ? null : new PacsSecret(new NetworkCredential("", password).Password));

        string Resolve(string path) => session is null ? path : FileSystemPath.Resolve(session, path, "certificate");
    }

    private static bool IsThumbprint(string text)
    {
        try
        {
            TlsPin.Normalize(text);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
