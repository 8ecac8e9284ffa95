namespace PacsTools.Dicom.Pdus;

/// <summary>The kinds of user identity (PS3.7 Table D.3-14).</summary>
public enum UserIdentityType : byte
{
    /// <summary>A user name in UTF-8.</summary>
    UserName = 1,

    /// <summary>A user name and a passcode, both in UTF-8.</summary>
    UserNameAndPasscode = 2,

    /// <summary>A Kerberos service ticket.</summary>
    Kerberos = 3,

    /// <summary>A SAML assertion.</summary>
    Saml = 4,

    /// <summary>A JSON web token.</summary>
    JsonWebToken = 5,
}
