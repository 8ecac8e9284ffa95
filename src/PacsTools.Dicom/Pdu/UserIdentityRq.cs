namespace PacsTools.Dicom.Pdus;

/// <summary>Who the user is (PS3.7 D.3.3.7.1). Its text form never shows the fields, which may be secrets.</summary>
/// <param name="Type">What the fields hold.</param>
/// <param name="PositiveResponseRequested">True if the acceptor shall confirm the identity.</param>
/// <param name="Primary">User name in UTF-8, Kerberos ticket, SAML assertion or JSON web token.</param>
/// <param name="Secondary">The passcode; empty unless <paramref name="Type"/> is <see cref="UserIdentityType.UserNameAndPasscode"/>.</param>
public sealed record UserIdentityRq(UserIdentityType Type, bool PositiveResponseRequested, byte[] Primary, byte[] Secondary)
{
    /// <summary>Names the type and hides the fields.</summary>
    public override string ToString() => $"UserIdentityRq {{ {Type} }}";
}
