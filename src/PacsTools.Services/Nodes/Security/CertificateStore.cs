using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;

namespace PacsTools.Services.Nodes;

/// <summary>The personal certificates of the user and of the machine.</summary>
internal static class CertificateStore
{
    /// <exception cref="TlsException">There is none with this thumbprint.</exception>
    public static LoadedCertificate Find(string thumbprint)
    {
        foreach (var location in new[] { StoreLocation.CurrentUser, StoreLocation.LocalMachine })
        {
            try
            {
                using var store = new X509Store(StoreName.My, location, OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
                var found = store.Certificates.Where(c => TlsPin.Matches(c, [thumbprint])).OrderByDescending(c => c.HasPrivateKey).FirstOrDefault();
                if (found is not null)
                    return new LoadedCertificate(found, []);
            }
            catch (Exception e) when (e is CryptographicException or PlatformNotSupportedException)
            {
                // No such store on this machine, or not for us to read.
            }
        }

        throw new TlsException(TlsFailure.CertificateNotFound, $"no certificate with thumbprint {thumbprint} is in the certificate stores of this user and machine");
    }
}
