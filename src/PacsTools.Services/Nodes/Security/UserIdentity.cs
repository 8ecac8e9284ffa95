using System.Text;
using PacsTools.Dicom.Pdus;

namespace PacsTools.Services.Nodes;

/// <summary>Who the user is towards a node (PS3.7 D.3.3.7). Passcode and token travel in memory only.</summary>
public sealed record UserIdentity
{
    private UserIdentity(UserIdentityType type, string? userName, PacsSecret? secret)
    {
        Type = type;
        UserName = userName;
        Secret = secret;
    }

    /// <summary>What it is.</summary>
    public UserIdentityType Type { get; }

    /// <summary>The user's name; null for a token.</summary>
    public string? UserName { get; }

    /// <summary>True to have the node confirm it, and to go no further if it does not.</summary>
    public bool Confirm { get; init; }

    // The passcode or the token as text; a Kerberos ticket in base64.
    private PacsSecret? Secret { get; }

    /// <summary>True if it holds what must not be read on the way.</summary>
    internal bool HasSecret => Secret is not null;

    /// <summary>A name alone, or name and passcode.</summary>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    internal static UserIdentity FromName(string userName, string? passcode) => string.IsNullOrEmpty(userName)
        ? throw new ArgumentException("The user name is empty.", nameof(userName))
        : string.IsNullOrEmpty(passcode)
            ? new UserIdentity(UserIdentityType.UserName, userName, null)
            : new UserIdentity(UserIdentityType.UserNameAndPasscode, userName, new PacsSecret(passcode));

    /// <summary>A Kerberos service ticket.</summary>
    internal static UserIdentity FromKerberos(byte[] ticket) => new(UserIdentityType.Kerberos, null, new PacsSecret(Convert.ToBase64String(NotEmpty(ticket))));

    /// <summary>A SAML assertion or a JSON web token.</summary>
    internal static UserIdentity FromText(UserIdentityType type, string token) => new(type, null, new PacsSecret(string.IsNullOrEmpty(token) ? throw Empty() : token));

    /// <summary>The item of the request.</summary>
    internal UserIdentityRq ToRequest() => new(Type, Confirm, Primary(), Type == UserIdentityType.UserNameAndPasscode ? Encoding.UTF8.GetBytes(Secret!.Reveal()) : []);

    /// <summary>True if a request tells the same identity.</summary>
    internal bool Matches(UserIdentityRq? request)
    {
        var own = ToRequest();
        return request is not null && request.Type == own.Type
            && System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(request.Primary, own.Primary)
            && System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(request.Secondary, own.Secondary);
    }

    /// <summary>The user's name, or what kind of token it is.</summary>
    public override string ToString() => UserName ?? $"({Type})";

    private byte[] Primary() => Type switch
    {
        UserIdentityType.Kerberos => Convert.FromBase64String(Secret!.Reveal()),
        UserIdentityType.Saml or UserIdentityType.JsonWebToken => Encoding.UTF8.GetBytes(Secret!.Reveal()),
        _ => Encoding.UTF8.GetBytes(UserName!),
    };

    private static byte[] NotEmpty(byte[] token) => token.Length > 0 ? token : throw Empty();

    private static ArgumentException Empty() => new("The token is empty.");
}
