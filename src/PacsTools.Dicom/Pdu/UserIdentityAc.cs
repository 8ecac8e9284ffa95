namespace PacsTools.Dicom.Pdus;

/// <summary>The acceptor's confirmation of a user identity (PS3.7 D.3.3.7.2).</summary>
/// <param name="ServerResponse">A Kerberos server ticket or SAML response; empty for the other kinds.</param>
public sealed record UserIdentityAc(byte[] ServerResponse)
{
    /// <summary>Hides the response, which may be a secret.</summary>
    public override string ToString() => "UserIdentityAc { }";
}
