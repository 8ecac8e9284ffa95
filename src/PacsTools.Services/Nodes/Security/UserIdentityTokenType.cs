namespace PacsTools.Services.Nodes;

/// <summary>What a user identity token is (PS3.7 Table D.3-14).</summary>
public enum UserIdentityTokenType
{
    /// <summary>A Kerberos service ticket: bytes, or base64 as text.</summary>
    Kerberos,

    /// <summary>A SAML assertion (XML).</summary>
    Saml,

    /// <summary>A JSON web token.</summary>
    Jwt,
}
