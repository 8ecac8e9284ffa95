using System.Management.Automation;
using System.Net;
using System.Security;
using PacsTools.Services.Nodes;

namespace PacsTools.Binding;

/// <summary>Puts what the command line says of DICOMweb into a node.</summary>
internal static class DicomWebArguments
{
    /// <exception cref="Pipeline.TerminatingErrorException">It cannot be right.</exception>
    public static PacsNode Apply(PacsNode node, Uri? uri, PSCredential? credential, SecureString? token, bool? allowUnencrypted)
    {
        if (credential is not null && token is not null)
            throw Arguments.Invalid("Give either -DicomWebCredential or -DicomWebToken: a request bears one of them.");
        if (uri is not null)
            node = Arguments.Check(() => node with { DicomWebUri = uri }, uri);
        // The one given here goes before the one the node has.
        if (credential is not null)
            node = Arguments.Check(() => node with { DicomWebCredential = Read(credential), DicomWebToken = null }, credential.UserName);
        if (token is not null)
            node = node with { DicomWebToken = new PacsSecret(Reveal(token)), DicomWebCredential = null };
        return allowUnencrypted is { } allow ? node with { AllowUnencryptedAuthentication = allow } : node;
    }

    public static DicomWebCredential Read(PSCredential credential) => new(credential.UserName, new PacsSecret(Reveal(credential.Password)));

    public static string Reveal(SecureString text) => new NetworkCredential("", text).Password;
}
